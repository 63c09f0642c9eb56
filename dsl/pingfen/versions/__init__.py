"""Folders of dated versions: what each file says of itself (`facts`), whether the files fit together (`conflicts`), which one counts on a date (`folder`)."""
