/**
 * @file
 * Shards: a sweep cut into parts that run without knowing of one another. The jobs are cut into
 * blocks of N successive ones, of which every shard gets one; which one changes from block to block
 * by a fixed hash, so that no axis of the grid falls in step with the shards. Both directions
 * between a job and its row in the shard's file take constant time.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/** Most shards of a sweep. */
enum { SHARDS_MAX = 1000000 };

/** Shard number `index` of `count` (0 ≤ index < count) of a sweep of `jobs` jobs. */
struct shard {
    int64_t index;
    int64_t count; /**< 1: the whole sweep, each job in the row of its number */
    int64_t jobs;
};

/** The one shard that is the whole sweep. */
struct shard shard_whole(int64_t jobs);

/** Reads "I/N", I = 1…N, without the number of jobs. STATUS_BAD_INPUT says what was expected. */
enum status shard_parse(const char *text, struct shard *shard, struct error *error) CHECKED;

/** Gives the shard the number of jobs. STATUS_BAD_INPUT when there are fewer jobs than shards. */
enum status shard_measure(struct shard *shard, int64_t jobs, struct error *error) CHECKED;

/** Jobs of the shard, at least 1. */
int64_t shard_rows(const struct shard *shard);

/** Whether the job is one of the shard's. */
bool shard_has(const struct shard *shard, int64_t job);

/** The row of one of the shard's jobs: its rank among them. */
int64_t shard_row(const struct shard *shard, int64_t job);

/** The job of a row, 0 ≤ row < shard_rows. */
int64_t shard_job(const struct shard *shard, int64_t row);
