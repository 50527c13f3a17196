"""QR codes as pictures: one size in millimetres, and never the Micro QR that telephones cannot read."""

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004)."""
ERROR_LEVEL = "q"
"""A quarter of the code may be dirty or torn."""


def data_uri(content: str, *, millimetres: float) -> str:
    """The code as an SVG for the `src` of an image; `millimetres` is its side without the white around it.

    Capitals, digits and ` $%*+-./:` alone make a smaller code than other letters do.
    """
    # Four megabytes that only a process in which somebody prints should hold.
    import segno  # noqa: PLC0415

    code = segno.make_qr(content, error=ERROR_LEVEL)
    modules, _ = code.symbol_size(border=0)
    uri: str = code.svg_data_uri(border=QUIET_ZONE, scale=millimetres / modules, unit="mm", light="#fff")
    return uri
