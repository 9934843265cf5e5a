#include "document/html.h"

#include "document/page.h"

#include <string.h>

static void test_markup_in_text_is_escaped(void **state) {
    (void)state;
    struct page page;
    html_text(page_open(&page), "a<b> & \"c\" 'd'\n\te\x01\x7f g\xc3\xbcn");
    assert_page(&page, "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\n\te"
                       "\xEF\xBF\xBD\xEF\xBF\xBD g\xc3\xbcn");
}

static void test_elements(void **state) {
    (void)state;
    struct page page;
    FILE *stream = page_open(&page);
    html_begin(stream, "tr", NULL);
    html_element(stream, "td", "number", "<1>");
    html_element_format(stream, "td", NULL, "%s & %d", "<i>", 2);
    html_end(stream, "tr");
    assert_page(&page, "<tr><td class=\"number\">&lt;1&gt;</td>\n"
                       "<td>&lt;i&gt; &amp; 2</td>\n</tr>\n");
}

static void test_long_text_is_whole(void **state) {
    (void)state;
    enum { LETTERS = 100000 };
    struct page page;
    FILE *stream = page_open(&page);
    char *text = malloc(LETTERS + 1);
    assert_non_null(text);
    memset(text, '<', LETTERS);
    text[LETTERS] = '\0';
    html_text(stream, text);
    free(text);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(page.length, LETTERS * strlen("&lt;"));
    free(page.text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markup_in_text_is_escaped),
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_long_text_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
