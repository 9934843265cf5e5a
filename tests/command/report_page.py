"""A report taken apart: `page = read("FILE.html")` gives an Element with what stands in it."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "wbr"}


class Element:
    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.parts = tag, attributes, []

    def text(self):
        parts = (part if isinstance(part, str) else part.text() for part in self.parts)
        return "".join(parts)

    def all(self, tag, **attributes):
        """Every element of that tag and these attributes (klass for class), in order."""
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                wanted = {"class" if k == "klass" else k: v for k, v in attributes.items()}
                if tag in (part.tag, "*") and wanted.items() <= part.attributes.items():
                    found.append(part)
                found += part.all(tag, **attributes)
        return found

    def rows(self):
        """Cells of every line of a table's body."""
        return [[cell.text().strip() for cell in row.all("td")]
                for row in self.all("tbody")[0].all("tr")]

    def facts(self):
        """Terms of description lists with the first description of each."""
        found = {}
        for list_ in self.all("dl"):
            term = None
            for part in list_.all("*"):
                if part.tag == "dt":
                    term = part.text()
                elif part.tag == "dd" and term is not None:
                    found.setdefault(term, part.text().strip())
        return found


class Reader(HTMLParser):
    """Fails where elements do not end in the order in which they began."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].parts.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open[-1].tag == tag, f"</{tag}> ends <{self.open[-1].tag}>, {self.getpos()}"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].parts.append(data)


def read(path):
    reader = Reader()
    with open(path, encoding="utf-8") as file:
        reader.feed(file.read())
    reader.close()
    assert len(reader.open) == 1, [element.tag for element in reader.open]
    return reader.root
