#include "document/writers.h"

#include "document/page.h"

#include <math.h>

enum { MARGIN = 10 };

static enum status rows_of_means(const void *context, size_t row, struct document_value *cells,
                                 struct arena *arena, struct error *error) {
    static const double means[] = {0.5, 12.25};
    (void)context;
    (void)arena;
    (void)error;
    const struct document_mean mean = {.mean = means[row],
                                       .deviation = row == 0 ? (double)NAN : 1.5,
                                       .count = row == 0 ? 1 : 3,
                                       .of = 3,
                                       .format = number_format_for(means[1])};
    const double weights[] = {1, (double)NAN};
    double *copy;
    if (ARENA_NEW(arena, copy, 2, error) != STATUS_OK) {
        return error->status;
    }
    memcpy(copy, weights, sizeof weights);
    DOCUMENT_CELLS(cells, document_text(row == 0 ? "a,b" : "<c>"), document_mean(mean),
                   document_numbers(copy, 2), row == 0 ? document_null() : document_real(0.1));
    return STATUS_OK;
}

static const struct document_column columns[] = {
    {.key = "name", .heading = "data.name", .left = true},
    {.key = "score", .heading = "score", .unit = "rad", .mean = true},
    {.key = "weights", .object = "more"},
    {.heading = "left", .format = "%.2f"},
};

static void fill(struct document *document, struct arena *arena) {
    struct error error;
    const struct document_table table = {.key = "rows",
                                         .label = "means",
                                         DOCUMENT_COLUMNS(columns),
                                         .rows = 2,
                                         .rows_shown = 2,
                                         .row = rows_of_means,
                                         .gap = 2};
    *document = (struct document){.arena = arena, .margin = MARGIN};
    assert_ok(&error, DOCUMENT_FIELDS(document, &error,
                                      {"file", document_labelled("file", document_text("f.h5"))},
                                      {"jobs", document_integer(3)}, {"modular", document_null()},
                                      {NULL, document_labelled("run", document_code("modsweep"))}));
    assert_ok(&error, document_line(document, "rows", &error, "%d", 2));
    assert_ok(&error, document_continue(document, &error, " of %d", 3));
    assert_ok(&error, document_table(document, &table, NULL, &error));
    assert_ok(&error, document_styled(document, DOCUMENT_NOTE, NULL, &error, "that is all"));
    struct document *child;
    struct document *element;
    assert_ok(&error, document_object(document, "child", &child, &error));
    assert_ok(&error, DOCUMENT_FIELDS(child, &error, {"list", document_list()}));
    assert_ok(&error, document_element(child, "list", &element, &error));
    assert_ok(&error, DOCUMENT_FIELDS(element, &error, {"modular", document_flag(true)}));
    assert_ok(&error, document_line(element, "inner", &error, "line"));
}

static void assert_written(enum document_form form, bool compact, const char *expected) {
    struct page page;
    struct error error;
    SCOPED(arena_free) struct arena arena = {0};
    struct document document;
    fill(&document, &arena);
    document.compact = compact;
    assert_ok(&error, document_write(&document, form, page_open(&page), &error));
    assert_page(&page, expected);
}

static void test_text_aligns_columns_and_deviations(void **state) {
    (void)state;
    assert_written(DOCUMENT_TEXT_FORM, false,
                   "file      f.h5\n"
                   "run       modsweep\n"
                   "rows      2 of 3\n"
                   "data.name   score [rad]  left\n"
                   "a,b         0.50 ±    –     –\n"
                   "<c>        12.25 ± 1.50  0.10\n"
                   "that is all\n"
                   "inner     line\n");
}

static void test_csv_has_the_rows_alone(void **state) {
    (void)state;
    assert_written(DOCUMENT_CSV_FORM, false,
                   "name,score_mean,score_sd,score_n,weights\n"
                   "\"a,b\",0.5,,1,\n"
                   "<c>,12.25,1.5,3,\n");
}

static void test_json_has_what_has_a_key(void **state) {
    (void)state;
    assert_written(
        DOCUMENT_JSON_FORM, true,
        "{ \"file\": \"f.h5\", \"jobs\": 3, \"modular\": null, \"rows\": [ "
        "{ \"name\": \"a,b\", \"score\": { \"mean\": 0.5, \"sd\": null, \"n\": 1, \"undefined\": 0 "
        "}, \"more\": { \"weights\": [ 1, null ] } }, "
        "{ \"name\": \"<c>\", \"score\": { \"mean\": 12.25, \"sd\": 1.5, \"n\": 3, \"undefined\": "
        "0 }, \"more\": { \"weights\": [ 1, null ] } } ], "
        "\"child\": { \"list\": [ { \"modular\": true } ] } }\n");
}

static void test_html_escapes_and_tells_of_how_many(void **state) {
    (void)state;
    assert_written(
        DOCUMENT_HTML_FORM, false,
        "<dl class=\"facts\"><dt>file</dt>\n<dd>f.h5</dd>\n"
        "<dt>run</dt>\n<dd><code>modsweep</code>\n</dd>\n</dl>\n"
        "<p>rows      2 of 3</p>\n"
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"means\"><table>\n"
        "<thead><tr><th scope=\"col\">data.<wbr>name</th>"
        "<th scope=\"col\" class=\"number\">score [rad]</th>"
        "<th scope=\"col\" class=\"number\">left</th></tr></thead>\n<tbody>\n"
        "<tr><td>a,b</td><td class=\"number\">0.50<span> (n = 1)</span></td>"
        "<td class=\"number\">–</td></tr>\n"
        "<tr><td>&lt;c&gt;</td><td class=\"number\">12.25<span> ± 1.50</span></td>"
        "<td class=\"number\">0.10</td></tr>\n"
        "</tbody></table></div>\n"
        "<p class=\"note\">that is all</p>\n"
        "<p>inner     line</p>\n");
}

static void test_long_lines_are_broken_in_text(void **state) {
    (void)state;
    struct page page;
    struct error error;
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena, .margin = MARGIN};
    const char *text = "123456789 123456789 123456789 123456789 123456789 123456789 123456789 12";
    assert_ok(&error, document_styled(&document, DOCUMENT_PARAGRAPH, "label", &error, "%s", text));
    assert_ok(&error,
              document_styled(&document, DOCUMENT_HANGING, "  a key.so: ", &error, "%s", text));
    assert_ok(&error, document_write(&document, DOCUMENT_TEXT_FORM, page_open(&page), &error));
    assert_page(&page,
                "label     123456789 123456789 123456789 123456789 123456789 123456789 123456789\n"
                "          12\n"
                "  a key.so: 123456789 123456789 123456789 123456789 123456789 123456789\n"
                "    123456789 12\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_aligns_columns_and_deviations),
        cmocka_unit_test(test_csv_has_the_rows_alone),
        cmocka_unit_test(test_json_has_what_has_a_key),
        cmocka_unit_test(test_html_escapes_and_tells_of_how_many),
        cmocka_unit_test(test_long_lines_are_broken_in_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
