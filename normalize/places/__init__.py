"""Places: the gazetteer, and who stands in each row."""

from normalize.places.agreed import home_of_rows
from normalize.places.gazetteer import Gazetteer, load_gazetteer
from normalize.places.lookup import lookup
from normalize.places.rows import place_rows
from normalize.places.single import home_of, place_name
from normalize.places.vocabulary import GazetteerError

__all__ = [
    "Gazetteer",
    "GazetteerError",
    "home_of",
    "home_of_rows",
    "load_gazetteer",
    "lookup",
    "place_name",
    "place_rows",
]
