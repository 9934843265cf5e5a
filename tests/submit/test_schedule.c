#include "submit/schedule.h"

#include "check.h"

#include <math.h>
#include <string.h>

static const double minute = 60.0, hour = 3600.0;

static struct schedule made(struct schedule_request needs) {
    struct schedule schedule;
    struct error error = {0};
    assert_ok(&error, schedule_make(&needs, &schedule, &error));
    return schedule;
}

static struct schedule_request needs_of(double estimate, double limit) {
    return (struct schedule_request){.estimate = estimate, .limit = limit, .grace = INFINITY};
}

static void without_a_limit_there_is_one_piece(void **state) {
    (void)state;
    for (int power = 0; power < 24; power++) {
        double estimate = ldexp(1.0, power) - 1.0;
        struct schedule schedule = made(needs_of(estimate, INFINITY));
        assert_int_equal(schedule.pieces, 1);
        assert_true(fmod(schedule.seconds, minute) == 0.0);
        /* Room for start, warning and the factor, and not much more. */
        double work = schedule_safety * estimate;
        assert_true(schedule.seconds >= schedule_start + work + schedule.warning);
        assert_true(schedule.seconds <= schedule_start + work + 4.0 * minute);
    }
}

static void pieces_hold_all_the_work(void **state) {
    (void)state;
    for (int doublings = 0; doublings < 12; doublings++) {
        double limit = ldexp(minute, doublings);
        for (int power = 3; power < 24; power++) {
            double estimate = ldexp(1.3, power);
            struct schedule schedule = made(needs_of(estimate, limit));
            double pieces = (double)schedule.pieces;
            assert_true(schedule.seconds <= limit);
            assert_true(schedule.notice < schedule.warning);
            assert_true(schedule.useful + schedule.warning < schedule.seconds);
            assert_true(pieces * schedule.useful >= schedule_safety * estimate);
            assert_true((pieces - 1.0) * schedule.useful <= schedule_safety * estimate);
            assert_true(schedule.restarts_max >= schedule.pieces);
        }
    }
}

static void the_users_time_is_taken_within_the_limit(void **state) {
    (void)state;
    struct schedule_request needs = needs_of(10.0, 2.0 * hour);
    needs.time = hour;
    struct schedule schedule = made(needs);
    assert_true(schedule.seconds == hour && !schedule.clipped);
    needs.time = 3.0 * hour;
    schedule = made(needs);
    assert_true(schedule.seconds == 2.0 * hour && schedule.clipped);
}

static void notice_ends_before_a_preemption_kills(void **state) {
    (void)state;
    struct schedule_request needs = needs_of(5.0 * hour, hour);
    int usual = made(needs).notice;
    needs.grace = 30.0;
    int short_one = made(needs).notice;
    assert_true(short_one < 30 && short_one < usual);
    needs.notice = 7.0;
    assert_int_equal(made(needs).notice, 7);
}

static void bundles_longer_than_a_piece_are_noted(void **state) {
    (void)state;
    struct schedule_request needs = needs_of(10.0 * hour, hour);
    needs.longest = minute;
    assert_false(made(needs).long_bundles);
    needs.longest = 2.0 * hour;
    assert_true(made(needs).long_bundles);
}

static void a_time_that_leaves_nothing_is_refused(void **state) {
    (void)state;
    struct schedule_request needs = needs_of(hour, 2.0 * minute);
    struct schedule schedule;
    struct error error = {0};
    needs.notice = 90.0;
    assert_int_equal(schedule_make(&needs, &schedule, &error), STATUS_BAD_INPUT);
    assert_message(&error, "a job of 120 s is too short");
    needs.limit = INFINITY;
    needs.time = minute;
    assert_int_equal(schedule_make(&needs, &schedule, &error), STATUS_BAD_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_limit_there_is_one_piece),
        cmocka_unit_test(pieces_hold_all_the_work),
        cmocka_unit_test(the_users_time_is_taken_within_the_limit),
        cmocka_unit_test(notice_ends_before_a_preemption_kills),
        cmocka_unit_test(bundles_longer_than_a_piece_are_noted),
        cmocka_unit_test(a_time_that_leaves_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
