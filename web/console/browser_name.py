"""What people call a browser: "Firefox on Windows"."""

# The first that is found counts: most call themselves by the names of others as well.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "a Chromebook"),
    ("Macintosh", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(agent: str) -> str:
    """Give what people call the browser whose `User-Agent` this is, in words of ours only; empty when it is none of these."""
    browser = next((words for mark, words in BROWSERS if mark in agent), "")
    system = next((words for mark, words in SYSTEMS if mark in agent), "")
    return f"{browser or 'A browser'} on {system}" if system else browser
