#include "show/list.h"

#include "document/page.h"
#include "document/writers.h"

static void assert_refused(const char *kind, const char *name, const char *message) {
    struct arena arena = {0};
    struct error error = {0};
    struct document document = {.arena = &arena};
    assert_int_equal(list_document(kind, name, &document, &error), STATUS_BAD_INPUT);
    assert_message(&error, message);
    arena_free(&arena);
}

static void test_unknown_names_are_refused(void **state) {
    (void)state;
    assert_refused("netwroks", NULL, "unknown kind 'netwroks'; did you mean 'networks'?");
    assert_refused("solvers", "adma", "unknown solver 'adma'; did you mean 'adam'?");
    assert_refused("train", "steps", "'list train' takes no name, got 'steps'");
}

/* The list in a form; free it. */
static char *written(const char *kind, const char *name, enum document_form form) {
    struct page page;
    struct arena arena = {0};
    struct error error = {0};
    struct document document = {.arena = &arena};
    assert_ok(&error, list_document(kind, name, &document, &error));
    assert_ok(&error, document_write(&document, form, page_open(&page), &error));
    assert_int_equal(fclose(page.stream), 0);
    arena_free(&arena);
    return page.text;
}

static void assert_has(const char *kind, const char *name, enum document_form form,
                       const char *expected) {
    char *text = written(kind, name, form);
    if (strstr(text, expected) == NULL) {
        fail_msg("'%s' is not in:\n%s", expected, text);
    }
    free(text);
}

static void test_a_kind_has_its_components(void **state) {
    (void)state;
    assert_has("solvers", NULL, DOCUMENT_TEXT_FORM, "solvers (train.solver)\n  adam ");
    assert_has("scores", NULL, DOCUMENT_TEXT_FORM, "scores (the list of scores)\n  ");
    assert_has("networks", NULL, DOCUMENT_JSON_FORM, "\"name\": \"linear_autoencoder\"");
}

static void test_a_component_has_its_parameters(void **state) {
    (void)state;
    assert_has("distributions", "grid", DOCUMENT_TEXT_FORM,
               "  data.sources: number of sources\n      an integer, from 1 to 24; default 3\n");
    assert_has("distributions", "grid", DOCUMENT_JSON_FORM,
               "\"name\": \"sources\",\n      \"key\": \"data.sources\"");
    assert_has("solvers", "adam", DOCUMENT_TEXT_FORM, "\nwith every one of the solvers:\n");
    assert_has("sweep", NULL, DOCUMENT_TEXT_FORM, "\n  replicates: ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown_names_are_refused),
        cmocka_unit_test(test_a_kind_has_its_components),
        cmocka_unit_test(test_a_component_has_its_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
