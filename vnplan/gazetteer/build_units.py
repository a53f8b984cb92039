"""Make ``data/units.tsv`` and ``data/communes.tsv`` out of vietnamadminunits (a developer's tool).

    python -m vnplan.gazetteer.build_units FOLDER

``FOLDER`` holds ``dataset.db`` and ``converter_2025.json`` of vietnamadminunits 1.0.4 (MIT; see ``data/NOTICE``).
Identifiers are the statistical codes joined by dots (``20.178.05983``: province, district, commune); a province that
2025 merged out of several has the prefix ``2025-``. What the source does not know stands in ``data/history.tsv``.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import unicodedata
from pathlib import Path

LAST_DAY, FIRST_DAY = "2025-06-30", "2025-07-01"  # Nghị quyết 202/2025/QH15
KINDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")


def split_name(full: str) -> tuple[str, str]:
    """Return kind and name of "Thành phố Cao Lãnh"."""
    full = unicodedata.normalize("NFC", " ".join(full.split()))
    kind = next(kind for kind in KINDS if full.lower().startswith(kind + " "))
    return kind, full[len(kind) + 1 :]


def line(ident: str, full: str, since: str, until: str, successors: list[str]) -> str:
    """Return one entry: identifier, kind, name, first day, last day, successors."""
    return "\t".join((ident, *split_name(full), since, until, ",".join(successors)))


def build(folder: Path) -> tuple[list[str], list[str]]:
    """Return the lines of provinces and districts, and those of communes."""
    base = sqlite3.connect(folder / "dataset.db")
    converter = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    old = base.execute(
        "select provinceKey, provinceCode, province, districtKey, districtCode, district, wardKey, wardCode, ward"
        " from admin_units_legacy"
    ).fetchall()
    new = base.execute(
        "select provinceKey, provinceCode, province, wardKey, wardCode, ward from admin_units"
    ).fetchall()
    code = {row[0]: row[1] for row in old}
    origins = converter["DICT_PROVINCE"]
    changed = {key for key, sources in origins.items() if sources != [key]}
    new_id = {row[0]: (f"2025-{row[1]}" if row[0] in changed else row[1]) for row in new}
    merged_into = {source: new_id[key] for key in changed for source in origins[key]}
    commune_id = {(row[0], row[3]): f"{new_id[row[0]]}.{row[4]}" for row in new}
    heirs: dict[str, list[str]] = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                heirs.setdefault(source, []).append(commune_id[province, ward])
    for province, wards in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in wards.items():
            for part in sorted(parts, key=lambda part: not part["isDefaultNewWard"]):
                heirs.setdefault(source, []).append(commune_id[province, part["newWardKey"]])
    units, communes = set(), set()
    for p_key, p_code, p_name, d_key, d_code, d_name, w_key, w_code, w_name in old:
        until = LAST_DAY if p_key in merged_into else ""
        since = "2025-01-01" if p_code == "46" else ""
        units.add(line(p_code, p_name, since, until, [merged_into[p_key]] if until else []))
        heir = heirs.get(f"{p_key}_{d_key}_{w_key}" if w_key else f"{p_key}_{d_key}", [])
        units.add(line(f"{p_code}.{d_code}", d_name, since, LAST_DAY, [] if w_key else heir))
        if w_key:
            communes.add(line(f"{p_code}.{d_code}.{w_code}", w_name, "", LAST_DAY, list(dict.fromkeys(heir))))
    for p_key, _, p_name, w_key, _, w_name in new:
        if p_key in changed:
            units.add(line(new_id[p_key], p_name, FIRST_DAY, "", []))
        communes.add(line(commune_id[p_key, w_key], w_name, FIRST_DAY, "", []))
    if missing := [key for key in code if key not in merged_into and key not in new_id]:
        raise SystemExit(f"provinces without a successor: {missing}")
    return sorted(units), sorted(communes)


def main() -> None:
    """Write both files beside this module."""
    for name, lines in zip(("units.tsv", "communes.tsv"), build(Path(sys.argv[1])), strict=True):
        head = "# id\tkind\tname\tvalid_from\tvalid_to\tsuccessors\n"
        (Path(__file__).parent / "data" / name).write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
