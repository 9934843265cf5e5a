#!/usr/bin/env python3
"""Takes the fenced code blocks out of a Markdown file: blocks.py FILE.md FOLDER

Block number NN of language LANG becomes FOLDER/NN.LANG. A block of `text` that directly follows
another one is its output, FOLDER/NN.expected with the number of the block before. YAML that directly
follows a `diff` belongs to the example there and becomes FOLDER/NN.example.
"""

import pathlib
import re
import sys

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PLACES = 2  # digits of NN


def kind_of(language, before, gap):
    """The ending of a block's file, given the language of the block before and the text between."""
    if language == "text" and before in ("sh", "python") and gap.strip() == "":
        return "expected"
    if language == "yaml" and before == "diff":
        return "example"
    return language


def main(document, folder):
    text = pathlib.Path(document).read_text(encoding="utf-8")
    number, before, end = 0, None, 0
    for block in FENCE.finditer(text):
        language, body = block.groups()
        ending = kind_of(language, before, text[end : block.start()])
        if ending != "expected":
            number += 1
        name = f"{number:0{PLACES}}.{ending}"
        (pathlib.Path(folder) / name).write_text(body, encoding="utf-8")
        before, end = language, block.end()


main(*sys.argv[1:])
