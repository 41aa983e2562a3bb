"""Sets of Parquet files in a bucket: uploaded and downloaded as a whole."""
