"""Administrative units and agencies with validity in time, successors and abbreviations."""

from vnplan.gazetteer.agencies import Body, agencies, canonical_agency, same_agency, successors_of
from vnplan.gazetteer.issuer import Issuer, resolve_issuer
from vnplan.gazetteer.keys import fold, unit_key
from vnplan.gazetteer.places import choose, find_unit
from vnplan.gazetteer.units import Unit, all_units, find_units, level_of_unit, split_kind, unit_of_id

__all__ = [
    "Body", "Issuer", "Unit", "agencies", "all_units", "canonical_agency", "choose", "find_unit", "find_units", "fold",
    "level_of_unit", "resolve_issuer", "same_agency", "split_kind", "successors_of", "unit_key", "unit_of_id",
]  # fmt: skip
