/**
 * @file
 * A recurrent network of two tanh units, h_t = tanh(Wr h_{t−1} + Wi x_t) from h_{−1} = 0, and its
 * inversion: the inputs that drive it through given hidden states.
 */
#pragma once

#include "base/arena.h"
#include "base/random.h"

enum { TEACHER_UNITS = 2 };

struct teacher_matrix {
    double at[TEACHER_UNITS][TEACHER_UNITS];
};

struct teacher {
    struct teacher_matrix recurrent, input, output;
};

/** Sequences, and how many of them at a time exchange points with one another. */
struct sequences {
    size_t count, steps, chunk;
};

/** A teacher of three random orthogonal matrices, uniform over rotations and reflections. */
struct teacher teacher_draw(struct random_stream *stream);

/**
 * Finds inputs[count][steps][2] that drive the network through hidden[count][steps][2], numbers
 * below 1 in size. To keep inputs small, it first exchanges the points of each step between the
 * sequences of a chunk, by the assignment with the least sum of squared inputs. Frees its scratch
 * memory.
 */
enum status teacher_invert(const struct teacher *teacher, const struct sequences *sequences,
                           double *hidden, double *inputs, struct error *error) CHECKED;

/** targets[samples][2] = Wo h / scale. */
void teacher_read_out(const struct teacher *teacher, double scale, size_t samples,
                      const double *hidden, double *targets);
