#!/usr/bin/env bats
# `modsweep report`, on a small sweep of which some jobs diverge, and in a browser.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    export PYTHONPATH=$ROOT/tests/command PYTHONDONTWRITEBYTECODE=1
}

# sweep: hard.h5, of three rates and three files of points; at the rate of 1000 all jobs diverge.
# Names have what HTML could take for markup.
sweep() {
    printf 'a,b\n0,0\n0,1\n1,0\n1,1\n' >"one<b>&'1'.csv"
    printf 'a,b\n0,0\n0.5,1\n1,0.5\n1,1\n' >two.csv
    printf 'a,b\n0,0\n1,1\n2,0.5\n' >three.csv
    cat >hard.yaml <<'YAML'
name: "rates & <b>\"files\" <img src=x onerror=alert(1)>"   # </pre><script>alert(2)</script>
replicates: 3
data: {kind: file, sources: !grid ["one<b>&'1'.csv", two.csv, three.csv]}
network: {kind: linear_autoencoder, hidden: 4}
train: {solver: adamw, weight_decay: 1, learning_rate: !grid [1e-3, 1e-2, 1000], steps: 60}
loss: {fit: 1, activity: 1e-2, negativity: 1, weights: 1e-4}
scores: [linear_cinfom, mixing_angle]
YAML
    exits 1 "$MODSWEEP" run hard.yaml -o hard.h5 --progress none --set seed=5
}

# browse WIDTH PAGE ARGUMENTS...: opens the page in Chromium, without a network. Leaves what it says
# in the file `console`.
browse() {
    local width=$1 page=$2
    shift 2
    # The sandbox does not work for root, and a report needs none.
    chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars \
        --user-data-dir="$PWD/browser" --host-resolver-rules='MAP * ~NOTFOUND' \
        --enable-logging=stderr --window-size="$width",3000 "$@" "file://$PWD/$page" 2>console
}

@test "numbers are those of the results file" {
    sweep
    exits 0 "$MODSWEEP" report hard.h5
    [ "$output" = hard.html ]
    exits 0 "$PYTHON" - <<'PYTHON'
import h5py, numpy, report_page
page = report_page.read("hard.html")
file = h5py.File("hard.h5")
text = lambda value: value.decode() if isinstance(value, bytes) else str(value)
state, loss, seconds = file["state"][:], file["loss"][:], file["seconds"][:]
rate, steps = file["train.learning_rate"][:], file["steps"][:]
source = [b"".join(letters).decode().rstrip("\0") for letters in file["data.sources"][:]]
facts = page.facts()

assert page.all("h1")[0].text() == text(file.attrs["title"])
assert page.all("title")[0].text().startswith(text(file.attrs["title"]))
assert page.all("pre")[0].text() == text(file.attrs["sweep_yaml"])
assert [facts[name] for name in ("done", "failed", "missing")] == ["18", "9", "0"]
assert facts["modsweep"] == text(file.attrs["modsweep_version"])
assert facts["commit"] == text(file.attrs["modsweep_commit"])
assert facts["fingerprint of the grid"] == f"{int(file.attrs['fingerprint']):016x}"
assert facts["run"] == "modsweep run hard.yaml -o hard.h5 --set seed=5", facts
assert facts["set on the command line"] == "seed=5"
assert abs(float(facts["core time"].split()[0]) / seconds.sum() - 1) < 0.06, facts["core time"]

def near(cell, values):
    """Whether a cell's mean and deviation are those of the values, in the digits that it has."""
    parts = [part.strip() for part in cell.split("±")]
    unit = 0.5001 * 10.0 ** -len(parts[0].partition(".")[2])
    return all(abs(float(part) - number) <= unit
               for part, number in zip(parts, (values.mean(), values.std(ddof=1)), strict=True))

cells = page.all("section", id="cells")[0]
names = [heading.text() for heading in cells.all("th")]
assert names[:2] == ["data.sources", "train.learning_rate"], names
rows = cells.rows()
assert len(rows) == 9
for row in rows:
    own = [i for i in range(27) if (source[i], rate[i]) == (row[0], float(row[1]))]
    assert len(own) == 3
    if row[1] == "1000":
        assert row[2:4] == ["0", "3 diverged"] and row[names.index("loss")] == "–", row
    else:
        assert row[2:4] == ["3", ""], row
        assert near(row[names.index("loss")], loss[own]), row
        assert near(row[names.index("linear_cinfom")], file["linear_cinfom"][own]), row

axes = page.all("section", id="axes")[0]
assert [row.text().strip() for row in axes.all("tr", klass="axis")] == names[:2]
lines = {row[0]: row for row in axes.rows() if row}
done = state == 1
for name in set(source):
    own = done & (numpy.array(source) == name)
    assert lines[name][1:3] == ["6", "3 diverged"], lines[name]
    assert near(lines[name][5], loss[own]), lines[name]
assert near(lines["0.01"][5], loss[done & (rate == 0.01)])

failed = page.all("section", id="failures")[0].rows()
assert [int(row[0]) for row in failed] == [int(i) for i in numpy.flatnonzero(state == 2)]
for row in failed:
    job = int(row[0])
    assert row[1:3] == [source[job], "1000"] and row[4] == "diverged", row
    assert int(row[5]) == steps[job]

slowest = page.all("section", id="timings")[0].rows()
assert sorted(seconds[[int(row[0]) for row in slowest]]) == sorted(seconds)[-10:]
PYTHON
}

@test "markup in names stays text, and nothing is fetched" {
    sweep
    exits 0 "$MODSWEEP" report hard.h5 -o page.html
    exits 0 "$PYTHON" - <<'PYTHON'
import re, report_page
page = report_page.read("page.html")
assert not page.all("img") and not page.all("iframe") and len(page.all("script")) == 1
ids = [e.attributes["id"] for e in page.all("*") if "id" in e.attributes]
assert len(ids) == len(set(ids)), "an id is used twice"
figures = page.all("figure")
assert len(figures) == 3, [f.all("figcaption")[0].text() for f in figures]
for figure in figures:
    drawn = figure.all("svg", klass="picture")[0]
    assert drawn.attributes["aria-label"] in figure.all("figcaption")[0].text()
    assert any("one<b>&'1'.csv" == text.text().strip() for text in drawn.all("text"))
for element in page.all("*"):
    for name, value in element.attributes.items():
        if name in ("src", "href", "xlink:href", "data", "action", "srcset"):
            inside = value.startswith("#") and value[1:] in ids
            assert inside or value == "data:,", (element.tag, name, value)
        assert not name.startswith("on"), (element.tag, name)
        for reference in re.findall(r"url\(['\"]?([^)'\"]*)", value):
            assert reference[1:] in ids, reference
written = open("page.html", encoding="utf-8").read()
assert "http:" not in written and "https:" not in written and "@import" not in written
PYTHON
    [ "$(find . -name '*.tmp-*' | wc -l)" -eq 0 ]
}

@test "opens in a browser, offline, at any width" {
    sweep
    exits 0 "$MODSWEEP" report hard.h5
    # What the browser makes of the page, told to the page around it.
    cat >probe <<'HTML'
<script>
document.querySelector("table.sortable thead th:nth-child(2) button").click();
document.querySelector("table.sortable thead th:nth-child(2) button").click();
const root = document.documentElement;
parent.postMessage(JSON.stringify({
    inside: window.innerWidth, needed: root.scrollWidth,
    scrolled: [...document.querySelectorAll("table, figure svg")].every(wide => {
        const box = wide.parentElement.getBoundingClientRect();
        return box.right <= window.innerWidth && getComputedStyle(wide.parentElement).overflowX === "auto";
    }),
    drawn: [...document.querySelectorAll("figure svg")].map(svg => svg.getBBox().width > 200),
    first: document.querySelector("table.sortable tbody td:nth-child(2)").textContent,
}), "*");
</script>
HTML
    sed '/<\/body>/e cat probe' hard.html >probed.html
    # A window may not be as narrow as a telephone or a watch, a frame may.
    cat >frame.html <<'HTML'
<!DOCTYPE html><title>none</title><link rel="icon" href="data:,">
<script>
const told = [];
addEventListener("message", message => { told.push(message.data); document.title = `[${told}]`; });
</script>
<iframe src="probed.html" style="width: 400px; height: 3000px; border: 0"></iframe>
<iframe src="probed.html" style="width: 240px; height: 3000px; border: 0"></iframe>
HTML
    browse 1000 frame.html --virtual-time-budget=5000 --dump-dom >dom
    [ "$(grep -c CONSOLE console)" -eq 0 ]
    exits 0 "$PYTHON" - <<'PYTHON'
import html, json, re
found = json.loads(html.unescape(re.search("<title>(.*?)</title>", open("dom").read()).group(1)))
assert {page["inside"] for page in found} == {400, 240}, found
for page in found:
    assert page["needed"] <= page["inside"] and page["scrolled"], page
    assert page["drawn"] == [True] * 3, page
    assert page["first"] == "1000", page
PYTHON
    browse 1200 hard.html --screenshot=page.png
    [ "$(grep -c CONSOLE console)" -eq 0 ]
    exits 0 "$PYTHON" - <<'PYTHON'
import struct, zlib
data = open("page.png", "rb").read()
assert struct.unpack(">II", data[16:24]) == (1200, 3000)
pixels, at = b"", 8
while at < len(data):
    length, kind = struct.unpack(">I4s", data[at:at + 8])
    pixels += data[at + 8:at + 8 + length] if kind == b"IDAT" else b""
    at += length + 12
lines = zlib.decompress(pixels)
width = len(lines) // 3000
written = sum(len(set(lines[k * width + 1:(k + 1) * width])) > 20 for k in range(3000))
assert written > 600, f"{written} of 3000 lines have anything in them"
PYTHON
}

@test "figures are missed without gnuplot, and the page tells" {
    sweep
    PATH=/nowhere exits 0 "$MODSWEEP" report hard.h5
    exits 0 "$PYTHON" -c '
import report_page
page = report_page.read("hard.html")
notes = [p.text() for p in page.all("p", klass="notice")]
assert len(notes) == 3 and all("gnuplot, which is not installed" in note for note in notes), notes
assert not page.all("svg", klass="picture") and page.all("section", id="cells")'
}

@test "a file of which nothing is done yet" {
    cat >none.yaml <<'YAML'
data: {kind: uniform, points: !range [16, 3016, 1]}
network: {kind: dummy}
YAML
    exits 0 "$MODSWEEP" run none.yaml --progress none
    exits 0 "$PYTHON" -c '
import h5py, numpy
with h5py.File("none.h5", "r+") as file:
    file["state"][:] = 0
    file["state"][7] = 1
    file["checksum"][7] += numpy.uint64(1)'
    exits 0 "$MODSWEEP" report none.h5
    exits 0 "$PYTHON" - <<'PYTHON'
import report_page
page = report_page.read("none.html")
assert page.facts()["missing"].replace("\u202f", "") == "3000"
assert "1 of them half-written" in page.text()
assert page.facts()["resume"] == "modsweep run none.yaml -o none.h5"
assert "no job is done" in page.all("section", id="figures")[0].text()
cells = page.all("section", id="cells")[0]
assert len(cells.rows()) == 200 and "The first 200 of 3000 cells" in cells.text()
assert "modsweep table none.h5 --csv" in cells.text()
assert "more than 999 values" in page.all("section", id="axes")[0].text()
PYTHON
}

@test "refuses what it cannot read or write" {
    sweep
    exits 2 "$MODSWEEP" report hard.yaml
    says 'hard.yaml: is not an HDF5 file'
    exits 2 "$MODSWEEP" report nothing.h5
    says 'No such file'
    exits 2 "$MODSWEEP" report
    says 'usage: modsweep report FILE.h5'
    exits 3 "$MODSWEEP" report hard.h5 -o nowhere/page.html
    says "cannot write 'nowhere/page.html': No such file"
    exits 3 bash -c "trap '' XFSZ; ulimit -f 8; exec '$MODSWEEP' report hard.h5 -o page.html"
    says "cannot write 'page.html': File too large"
    [ ! -e page.html ]
    mkdir folder
    exits 2 "$MODSWEEP" report hard.h5 -o folder
    says "'folder' is a folder"
    cp hard.h5 copy.h5
    ln -s hard.h5 link.html
    exits 2 "$MODSWEEP" report hard.h5 -o link.html
    says 'is the results file'
    cmp hard.h5 copy.h5
    [ -L link.html ]
    exits 2 "$MODSWEEP" report hard.h5 -o /dev/stdout
    says "'/dev/stdout' is a link"
    mkfifo pipe.html
    exits 2 "$MODSWEEP" report hard.h5 -o pipe.html
    says 'not a regular file'
}

@test "a merged file lists its parts, and a shard says how to continue" {
    printf 'replicates: 5\nnetwork: {kind: dummy}\n' >tiny.yaml
    for shard in 1/2 2/2; do
        exits 0 "$MODSWEEP" run tiny.yaml --shard "$shard"
    done
    exits 0 "$MODSWEEP" merge tiny.h5 tiny.shard-1-of-2.h5 tiny.shard-2-of-2.h5
    exits 0 "$MODSWEEP" report tiny.h5
    exits 0 "$MODSWEEP" report tiny.shard-2-of-2.h5
    "$PYTHON" - <<'PYTHON'
import report_page
page = report_page.read("tiny.html")
leads = [lead.text() for lead in page.all("p")]
assert "Merged from 2 files, which provenance lists." in leads, leads
rows = [row.text() for row in page.all("tr")]
parts = [row for row in rows if "tiny.shard-" in row]
assert len(parts) == 2, rows
for part, row in enumerate(parts, 1):
    assert row.startswith(f"{part}tiny.shard-{part}-of-2.h5") and f"{part}/2" in row, row
assert sum(int(row.split(".h5")[1][0]) for row in parts) == 5, parts
codes = [code.text() for code in report_page.read("tiny.shard-2-of-2.html").all("code")]
assert "modsweep run tiny.yaml -o tiny.shard-2-of-2.h5 --shard 2/2" in codes, codes
PYTHON
}
