"""What many plans say, as Parquet tables: filled by ``vnplan batch``, read by ``vnplan.open_store`` and by others.

A store is a folder with a folder for each table (:mod:`vnplan.store.schema`), ``store.json`` and, while a run is not
finished, ``journal/``. Writing needs a POSIX system; reading and writing need the extra ``vnplan[store]``.
"""
