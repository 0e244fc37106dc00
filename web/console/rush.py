"""The cast of a rush at 5 a.m.: thirty caregivers, and what they answer, after how many seconds."""

ROLE = "RN"
NAMES = (
    "Abel Ferreira", "Bianca Osei", "Callum Reyes", "Dalia Nasser", "Edwin Park", "Fatou Diallo", "Gus Lindholm",
    "Hana Kim", "Ivo Petrov", "Joy Banda", "Katya Orlov", "Leon Marsh", "Mina Rao", "Nils Berg", "Opal Grant",
    "Pia Romano", "Quinn Adler", "Rafael Cruz", "Selma Yilmaz", "Tariq Aziz", "Uma Pillai", "Vera Novak", "Wes Tran",
    "Ximena Soto", "Yusuf Demir", "Zoe Keller", "Aaron Blum", "Britt Olsen", "Cora Lang", "Dev Patel",
)  # fmt: skip

ANSWERS = (
    (7.0, "NO {code}"),
    (10.0, "who is this??"),
    (13.0, "cant, got my kids today"),
    (16.0, "what floor is it"),
    (19.0, "no sorry"),
    (21.0, "maybe, can I start at 8?"),
    (24.0, "Ok"),
    (25.0, "yes!!"),
    (27.0, "Yes I can"),
    (30.0, "\U0001f44d"),
    (34.0, "si puedo"),
    (41.0, "NO {code}"),
    (44.0, "I'd love to but my car is in the shop"),
    (52.0, "YES {code}"),
    (63.0, "STOP"),
)
"""Most do not answer at all."""


def number_of(number: int) -> str:
    """Give the phone of the caregiver with that number in the cast: one of those kept for stories."""
    return f"+1773555{100 + number:04}"
