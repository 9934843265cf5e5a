#include "plot/plot_page.h"

#include "check.h"

static const struct plot_page lone = {.style = {.title = ""},
                                      .panel_count = 1,
                                      .x_title = "x",
                                      .x_help = "",
                                      .account = "",
                                      .widest = {0.0, 1.0, false}};

static void lay_out(struct plot_page *page, struct arena *arena) {
    struct error error = {0};
    assert_ok(&error, plot_page_lay_out(page, arena, &error));
}

static void test_pages_grow_with_what_they_hold(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct plot_page page = lone;
    lay_out(&page, &arena);
    assert_int_equal(page.panel_height, 320);
    assert_int_equal(page.right - page.left, 480);
    struct plot_page more = lone;
    more.panel_count = 3;
    more.side = 150;
    more.style.title = "title";
    lay_out(&more, &arena);
    assert_int_equal(more.panel_height, 210);
    assert_int_equal(more.width, page.width + 150);
    assert_int_equal(more.top, page.top + 26);
    assert_int_equal(more.height, page.height + 3 * 210 - 320 + 2 * 24 + 26);
    struct plot_page beside = lone;
    beside.side_height = 1000;
    lay_out(&beside, &arena);
    assert_true(beside.height > 1000 && beside.panel_height > 320);
}

static void test_wide_numbers_have_room(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct plot_page page = lone;
    struct plot_page wide = lone;
    wide.widest = (struct plot_range){1000.0001, 1000.0002, false};
    lay_out(&page, &arena);
    lay_out(&wide, &arena);
    assert_true(wide.left > page.left + 20);
    assert_int_equal(wide.right - wide.left, page.right - page.left);
}

static void test_long_names_are_turned(void **state) {
    static const char *const names[] = {"diagonal_strengthen", "diagonal_remove", "corner_cut_both",
                                        "oversample_diagonal", "independent"};
    static const char *const numbers[] = {"0.125", "0.25", "0.5", "1"};
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct plot_page page = lone;
    lay_out(&page, &arena);
    struct plot_page turned = lone;
    turned.columns = (struct plot_names){COUNT(names), names};
    lay_out(&turned, &arena);
    assert_true(turned.turned && turned.column_step == 1 && turned.scale > page.scale);
    struct plot_page few = lone;
    few.columns = (struct plot_names){COUNT(numbers), numbers};
    lay_out(&few, &arena);
    assert_true(!few.turned && few.column_step == 1);
    struct plot_page narrow = few;
    narrow.style.width = PLOT_SIDE_MIN;
    lay_out(&narrow, &arena);
    assert_true(!narrow.turned && narrow.column_step == 2);
}

/* The legend's space: at the side, or under the panels of a narrow page. */
static void test_narrow_pages_have_the_legend_under_the_panels(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct plot_page page = lone;
    page.style.width = 700;
    page.side = 180;
    page.under_height = 60;
    struct plot_page narrow = page;
    narrow.style.width = 350;
    lay_out(&page, &arena);
    lay_out(&narrow, &arena);
    assert_int_equal(page.under, 0);
    assert_true(page.right < 700 - 180);
    assert_true(narrow.right > 350 - 180);
    assert_true(narrow.under >= narrow.top + narrow.panel_height + narrow.scale);
    assert_true(narrow.under + 60 <= narrow.height);
}

static void test_accounts_are_broken_after_parts(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct plot_page page = lone;
    page.style.width = 240;
    page.account = "6 of 12 jobs done; not in the means: 4 missing; a word after another until "
                   "the line is full";
    lay_out(&page, &arena);
    assert_int_equal(page.account_line_count, 4);
    assert_string_equal(page.account_lines[0], "6 of 12 jobs done");
    assert_string_equal(page.account_lines[1], "not in the means: 4 missing");
    assert_string_equal(page.account_lines[2], "a word after another until the line");
    assert_string_equal(page.account_lines[3], "is full");
}

static void test_low_pages_go_without_what_does_not_fit(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct plot_page page = lone;
    page.x_help = "the long name of x";
    page.account = "one; two; three";
    page.style.height = PLOT_SIDE_MIN;
    struct plot_page low = page;
    low.panel_count = 3;
    lay_out(&page, &arena);
    assert_string_equal(page.x_help, "");
    assert_true(page.panel_height >= 40);
    assert_int_equal(plot_page_lay_out(&low, &arena, &error), STATUS_BAD_INPUT);
    assert_message(&error, "3 panels and what is around need a height of 291 pixels, not 200");
    low = page;
    low.panel_count = 3;
    low.account_line_count = 0;
    low.style.height = 291;
    lay_out(&low, &arena);
    assert_int_equal(low.panel_height, 40);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_grow_with_what_they_hold),
        cmocka_unit_test(test_wide_numbers_have_room),
        cmocka_unit_test(test_long_names_are_turned),
        cmocka_unit_test(test_narrow_pages_have_the_legend_under_the_panels),
        cmocka_unit_test(test_accounts_are_broken_after_parts),
        cmocka_unit_test(test_low_pages_go_without_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
