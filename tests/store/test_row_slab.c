#include "fixture.h"

#include "store/row_slab.h"

enum { JOBS = 7, LATENTS = 3, WIDE_LATENTS = 5 };

static const int64_t done[] = {1, 2, 4, 5, 6};
enum { DONE = sizeof done / sizeof *done };

static const struct results_axis rate_axis = {
    .key = "train.learning_rate", .unit = "1/step", .help = "", .storage = HDF_FLOAT64};

struct subject {
    struct fixture fixture;
    struct results_reader *reader;
    struct row_slab slab;
};

static int setup(void **state) {
    static struct subject subject;
    subject = (struct subject){0};
    fixture_start(&subject.fixture, JOBS, LATENTS);
    fixture_create(&subject.fixture);
    fixture_write(&subject.fixture, done, DONE, ROW_DONE);
    assert_ok(&subject.fixture.error,
              reader_open(subject.fixture.path, &subject.reader, &subject.fixture.error));
    *state = &subject;
    return 0;
}

static int teardown(void **state) {
    struct subject *subject = *state;
    reader_release(&subject->reader);
    fixture_end(&subject->fixture);
    return 0;
}

static void make(struct subject *subject, const struct results_layout *layout, unsigned columns) {
    struct fixture *fixture = &subject->fixture;
    assert_ok(&fixture->error, row_slab_make(&subject->slab, layout, 1, &rate_axis, columns, 64,
                                             JOBS, &fixture->arena, &fixture->error));
}

/* Columns that were asked for are there, others not; files that are not merged have parts 0. */
static void test_reads_rows(void **state) {
    struct subject *subject = *state;
    struct fixture *fixture = &subject->fixture;
    const struct row_slab *slab = &subject->slab;
    make(subject, &fixture->layout, SLAB_HASHES | SLAB_STEPS | SLAB_PARTS);
    assert_int_equal(slab->room, JOBS);
    assert_null(slab->seconds);
    slab->parts[0] = slab->parts[1] = -1;
    assert_ok(&fixture->error,
              row_slab_read(&subject->slab, subject->reader, 4, 2, &fixture->error));
    assert_int_equal(slab->first, 4);
    assert_int_equal(slab->count, 2);
    for (int64_t i = 0; i < 2; i++) {
        assert_int_equal(slab->hashes[i * HASH_WORDS + 1], 4 + i);
        assert_int_equal(slab->steps[i], 104 + i);
        assert_int_equal(slab->parts[i], 0);
        assert_memory_equal(row_slab_record(slab, i), fixture_record(fixture, 4 + i),
                            fixture->layout.record_bytes);
    }
}

/* In a wider layout what the file has not is padding, also where records of other rows were. */
static void test_pads_narrower_files(void **state) {
    struct subject *subject = *state;
    struct fixture *fixture = &subject->fixture;
    const struct extent extents[] = {{"source", 2}, {"latent", WIDE_LATENTS}};
    struct results_layout wide = {0};
    size_t index;
    assert_ok(&fixture->error, layout_add(&wide, &fixture->arena, VARIABLE_FLOAT64, "r2", "1", "",
                                          2, extents, &index, &fixture->error));
    make(subject, &wide, 0);
    memset(subject->slab.records, 0, wide.record_bytes);
    assert_ok(&fixture->error,
              row_slab_read(&subject->slab, subject->reader, 6, 1, &fixture->error));
    const double *r2 = (const double *)(const void *)row_slab_record(&subject->slab, 0);
    for (size_t source = 0; source < 2; source++) {
        for (size_t latent = 0; latent < WIDE_LATENTS; latent++) {
            const double value = r2[source * WIDE_LATENTS + latent];
            assert_true(latent < LATENTS ? value == fixture_value(6, 1, source * LATENTS + latent)
                                         : isnan(value));
        }
    }
}

static void test_refuses_what_a_file_does_not_cover(void **state) {
    struct subject *subject = *state;
    struct fixture *fixture = &subject->fixture;
    struct results_layout other = {0};
    size_t index;
    assert_ok(&fixture->error, layout_add(&other, &fixture->arena, VARIABLE_INT64, "loss", "1", "",
                                          0, NULL, &index, &fixture->error));
    assert_int_equal(records_cover(subject->reader, &other, &fixture->error), STATUS_BAD_INPUT);
    assert_message(&fixture->error, "variable loss has another type or shape");
    other.variables[0].name = "none";
    assert_int_equal(records_cover(subject->reader, &other, &fixture->error), STATUS_BAD_INPUT);
    assert_message(&fixture->error, "has no variable none");
    other.variables[0].optional = true;
    assert_ok(&fixture->error, records_cover(subject->reader, &other, &fixture->error));
}

/* Rows that are loaded, changed and stored are what a reader finds then; their neighbours stay. */
static void test_stores_rows(void **state) {
    struct subject *subject = *state;
    struct fixture *fixture = &subject->fixture;
    struct row_slab *slab = &subject->slab;
    int64_t steps[JOBS];
    make(subject, &fixture->layout, SLAB_ALL & ~(unsigned)SLAB_PARTS);
    reader_release(&subject->reader);
    {
        SCOPED(hdf_release) hid_t file = H5Fopen(fixture->path, H5F_ACC_RDWR, H5P_DEFAULT);
        assert_ok(&fixture->error, row_slab_load(slab, file, 2, 3, &fixture->error));
        assert_memory_equal(row_slab_record(slab, 0), fixture_record(fixture, 2),
                            fixture->layout.record_bytes);
        memcpy(row_slab_record(slab, 1), fixture_record(fixture, 3), fixture->layout.record_bytes);
        slab->steps[1] = 1003;
        ((double *)(void *)slab->axis_values[0])[1] = 0.375;
        assert_ok(&fixture->error, row_slab_store(slab, file, &fixture->error));
    }
    assert_ok(&fixture->error, reader_open(fixture->path, &subject->reader, &fixture->error));
    assert_ok(&fixture->error,
              reader_column(subject->reader, "steps", HDF_INT64, 0, JOBS, steps, &fixture->error));
    assert_int_equal(steps[2], 102);
    assert_int_equal(steps[3], 1003);
    assert_int_equal(steps[4], 104);
    double rate;
    assert_ok(&fixture->error, reader_column(subject->reader, "train.learning_rate", HDF_FLOAT64, 3,
                                             1, &rate, &fixture->error));
    assert_true(rate == 0.375);
    assert_ok(&fixture->error, row_slab_read(slab, subject->reader, 3, 1, &fixture->error));
    assert_memory_equal(row_slab_record(slab, 0), fixture_record(fixture, 3),
                        fixture->layout.record_bytes);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_reads_rows, setup, teardown),
    cmocka_unit_test_setup_teardown(test_pads_narrower_files, setup, teardown),
    cmocka_unit_test_setup_teardown(test_refuses_what_a_file_does_not_cover, setup, teardown),
    cmocka_unit_test_setup_teardown(test_stores_rows, setup, teardown),
};

RUN_WITH_MPI(tests)
