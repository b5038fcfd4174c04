"""What the tests show of the site's accessibility, and the pages that say it: results as EARL, statement, report by criterion.

`make test` and `make audit` write what every test found (`recorder.py`); `make statement` takes it over into
`accessibility/results.json` and writes the pages from it (`pages.py`). What a criterion is tested by stands in
`criteria.yml` and `statement.yml`, nowhere else.
"""
