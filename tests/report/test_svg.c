#include "report/svg.h"

#include "document/page.h"

static void test_ids_of_pictures_do_not_clash(void **state) {
    (void)state;
    struct page page;
    svg_write(page_open(&page),
              "<?xml version=\"1.0\"?>\n<svg \n width=\"600\" height=\"400\"\n "
              "viewBox=\"0 0 600 400\"\n xmlns=\"http://www.w3.org/2000/svg\"\n>"
              "<title>Gnuplot</title><desc>by</desc>"
              "<rect x=\"0\" y=\"0\" width=\"600\" height=\"400\" fill=\"#ffffff\"/>"
              "<g id=\"plot\"><title>data</title><path id='p' clip-path='url(#c)'/>"
              "<use xlink:href='#p' grid='1'/><text>id='x' &lt;b&gt;</text>"
              "<rect x=\"0\" y=\"0\" width=\"1\"/></g></svg>",
              "f2-", "modularity & \"range\"");
    assert_page(&page, "<svg role=\"img\" class=\"picture\" viewBox=\"0 0 600 400\" width=\"600\" "
                       "aria-label=\"modularity &amp; &quot;range&quot;\">"
                       "<g id=\"f2-plot\"><path id='f2-p' clip-path='url(#f2-c)'/>"
                       "<use xlink:href='#f2-p' grid='1'/><text>id='x' &lt;b&gt;</text>"
                       "<rect x=\"0\" y=\"0\" width=\"1\"/></g></svg>");
}

static void test_what_is_no_picture_is_left_out(void **state) {
    (void)state;
    struct page page;
    svg_write(page_open(&page), "gnuplot: error", "f-", "none");
    assert_page(&page, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_of_pictures_do_not_clash),
        cmocka_unit_test(test_what_is_no_picture_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
