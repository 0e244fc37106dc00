"""What pages cost is measured on pages that show something."""

from bench.pages import PAGES, measure_pages


def test_every_page_is_made_and_an_unchanged_one_costs_nearly_nothing() -> None:
    costs = {one.page: one for one in measure_pages(shifts=60, times=3)}
    assert list(costs) == [*(page for page, _ in PAGES), "board, unchanged"]
    assert all(one.packed > 500 for one in costs.values() if one.page != "board, unchanged")
    assert costs["board, unchanged"].packed < 100
    assert costs["board, unchanged"].least_ms < costs["board"].least_ms
