"""Bad inputs tried, texts and data, and what each gives; `docs/bad-inputs.md` is written from them."""
