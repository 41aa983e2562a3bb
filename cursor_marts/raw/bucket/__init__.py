"""Sets of Parquet files in a bucket: uploaded and fetched whole."""
