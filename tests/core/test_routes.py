"""Addresses are built late, and are those that werkzeug itself would build."""

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Map, Rule

from app import create_app
from app.core import config
from app.core.routes import LateRule


def test_every_address_is_the_one_werkzeug_builds(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        plain = Rule(rule.rule, endpoint=rule.endpoint, defaults=rule.defaults)
        Map([plain], converters=app.url_map.converters)
        values = {name: _value(rule, name) for name in rule.arguments}

        for more in ({}, {"page": 2, "rule": "x"}):
            assert rule.build(values | more) == plain.build(values | more)


def test_an_address_is_not_compiled_before_it_is_asked_for(settings: config.Settings) -> None:
    rule = next(one for one in create_app(settings).url_map.iter_rules() if one.endpoint != "static")
    values = {name: _value(rule, name) for name in rule.arguments}

    LateRule._built.clear()  # what other applications have compiled serves this one, too
    address = rule.build(values)

    assert len(LateRule._built) == 1
    assert create_app(settings).url_map.bind("").build(rule.endpoint, values) == address[1]


def _value(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 7 if isinstance(converter, IntegerConverter) else "a b"


def test_a_number_too_long_for_any_column_is_no_address(client: FlaskClient) -> None:
    assert client.get("/api/v1/opendata/9999999999.zip").status_code == 404
    assert client.get("/api/v1/opendata/99999999999999999999.zip").status_code == 404


def test_a_nul_is_in_no_address(client: FlaskClient) -> None:
    for address in ("/resultater/spor/%00", "/resultater/2026-Q1/%00", "/api/v1/dossiers/%00.zip", "/s/a%00b"):
        assert client.get(address).status_code == 404, address
