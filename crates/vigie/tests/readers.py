"""Reads exports with pyarrow, pandas and geojson: `readers.py FOLDER` fails where one of them does not understand them."""

import datetime
import pathlib
import sys

import geojson
import pandas
import pyarrow
import pyarrow.parquet

FOLDER = pathlib.Path(sys.argv[1])

tables = {path.stem: pyarrow.parquet.read_table(path) for path in sorted((FOLDER / "tables").glob("*.parquet"))}
assert set(tables) == {"documents", "spans", "claims", "events", "event_claim", "holdings"}, tables.keys()
claims = tables["claims"]
days = [field.name for field in claims.schema if field.type == pyarrow.date32()]
assert days, claims.schema
moments = [field for table in tables.values() for field in table.schema if pyarrow.types.is_timestamp(field.type)]
assert moments and all(field.type.unit == "ms" and field.type.tz == "UTC" for field in moments), moments
for name, table in tables.items():
    metadata = pyarrow.parquet.read_metadata(FOLDER / "tables" / f"{name}.parquet")
    assert metadata.row_group(0).column(0).compression == "ZSTD", name
    assert table.schema.metadata.get(b"vigie.schema") == b"1", table.schema.metadata
joined = tables["event_claim"].to_pandas().merge(claims.to_pandas(), on="claim")
assert len(joined) == len(claims), (len(joined), len(claims))

collection = geojson.loads((FOLDER / "events.geojson").read_text(encoding="utf-8"))
assert collection.is_valid, collection.errors()
for feature in collection.features:
    first, last = feature.properties.get("valid_from"), feature.properties.get("valid_to")
    for day in filter(None, (first, last)):
        datetime.date.fromisoformat(day)
    assert not (first and last) or first <= last, feature

frame = pandas.read_csv(FOLDER / "acled.csv", parse_dates=["event_date"], dtype={"inter1": "Int64", "inter2": "Int64"})
assert frame.shape[1] == 31 and len(frame) > 0, frame.shape
assert frame["event_date"].notna().all() and (frame["event_date"].dt.year == frame["year"]).all()
assert (frame["fatalities"].dropna() >= 0).all() and frame["inter1"].dropna().between(0, 8).all()
assert frame["latitude"].dropna().between(-90, 90).all() and frame["longitude"].dropna().between(-180, 180).all()
