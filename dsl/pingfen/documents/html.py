"""A rule page as one HTML file that stands alone: no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

from html import escape

from markdown_it import MarkdownIt

STYLE = """
body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1d2430; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; margin-top: 2em; } h1 { margin-top: 0; } h2 { border-bottom: 1px solid #d8dde6; padding-bottom: .2em; }
table { border-collapse: collapse; margin: 1em 0; } th, td { border: 1px solid #d8dde6; padding: .35em .7em; text-align: left; vertical-align: top; }
th { background: #f3f5f9; } pre { background: #f3f5f9; padding: 1em; overflow-x: auto; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } h2, h3, tr { break-inside: avoid; } pre { white-space: pre-wrap; } }
@media (prefers-color-scheme: dark) {
  body { background: #14181f; color: #e3e7ee; } th, pre { background: #1f2530; } th, td { border-color: #37404f; } h2 { border-color: #37404f; }
}
"""

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}</body>
</html>
"""


def html_page(markdown: str, title: str, language: str) -> str:
    """The page of a Markdown text; HTML in the text stays text."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return PAGE.format(language="zh-CN" if language == "zh" else "en", title=escape(title), style=STYLE, body=body)
