"""Serializers: typed data to bytes, one format each.

Each is a function of its arguments alone: no Pelican, no clock. The data (`Feed`, `Calendar`,
`LetterMail`, `PdfSource`…) are frozen and comparable, and know no format.
"""
