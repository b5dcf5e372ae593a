"""Addresses of the sample's site: one for each route and view."""

from __future__ import annotations

CHANGE = "/services/kettle.example/changes/20180526000305"
VERSION = "/services/kettle.example/versions/20180526000305"

PAGES = (
    "/",
    "/?tag=fernwell&kind=substantive&since=2014&until=2018-06",
    "/changes",
    "/changes?service=kettle.example&kind=minor",
    "/services/kettle.example",
    "/services/orchardpay.example",
    VERSION,
    f"{VERSION}?view=markdown",
    f"{VERSION}?view=age",
    CHANGE,
    f"{CHANGE}?show=all",
    f"{CHANGE}?view=side",
    f"{CHANGE}?view=side&show=all",
    "/compare",
    "/compare?new=kettle.example@20180526000305",
    "/compare?old=kettle.example@20131020060340&new=kettle.example@20180526000305",
    "/compare?old=tidebook.example@20140830121500&new=kettle.example@20180526000305&view=side&show=all",
    "/services/kettle.example/captures",
    "/services/kettle.example/captures?outcome=stored&since=2014",
    "/services/tidebook.example/versions/20180606154210/similar",
    "/trends",
    "/trends?q=cookies,sell&topic=retention&statement=age&party=Adco&tag=fernwell",
    "/gaps",
    "/gaps?half_year=2014-H1&tag=fernwell",
    "/search",
    "/search?q=cookies",
    "/search?q=cookies&service=kettle.example&since=2010&until=2019",
    "/status",
)

API = (
    "/api/v1/openapi.json",
    "/api/v1/services",
    "/api/v1/services?tag=fernwell&limit=1",
    "/api/v1/services/kettle.example",
    "/api/v1/services/kettle.example/versions",
    "/api/v1/services/kettle.example/versions/latest",
    "/api/v1/services/kettle.example/versions/first/document",
    "/api/v1/services/kettle.example/versions/2014-06/document.md",
    "/api/v1/services/kettle.example/versions/latest/blame",
    "/api/v1/services/kettle.example/changes",
    "/api/v1" + CHANGE,
    "/api/v1" + CHANGE + "/diff",
    "/api/v1" + CHANGE + "/diff?format=unified",
    "/api/v1/services/kettle.example/ledger?limit=3",
    "/api/v1/services/kettle.example/versions/latest/similar",
    "/api/v1/services/kettle.example/intervals",
    "/api/v1/changes?kind=substantive&since=2018",
    "/api/v1/diff?old=kettle.example@first&new=kettle.example@latest",
    "/api/v1/diff?old=tidebook.example@latest&new=mossnote.example@latest&format=html",
    "/api/v1/search?q=cookies",
    "/api/v1/trends?term=cookies&topic=sale&statement=age&party=Adco",
    "/api/v1/parties",
    "/api/v1/status",
)

FEEDS = ("/feeds/changes.atom", "/feeds/tags/fernwell.atom", "/services/kettle.example/changes.atom")

FILES = (
    "/gaps.csv",
    "/gaps-by-half-year.csv?tag=fernwell",
    "/trends.csv?q=cookies",
    "/trends.svg?q=cookies",
    f"{VERSION}/download/html",
    f"{CHANGE}/download/html",
)

OPERATIONS = ("/healthz", "/readyz", "/metrics", "/static/style.css", "/static/keys.js", "/static/icon.svg")
