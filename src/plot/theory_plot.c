#include "plot/theory_plot.h"

#include "plot/gnuplot.h"
#include "theory/matrix.h"

#include <stdio.h>
#include <stdlib.h>

enum { PLANE = 2, PAGE_SIDE = 640 };

static const double reach_shown = 1.15; /* axes, over the farthest sample */
static const double arrow_share = 0.45; /* longest neuron, over the farthest sample */

static const char style[] = "set size ratio -1\n"
                            "set border 3 lc rgb '#888888'\nset tics nomirror tc rgb '#444444'\n"
                            "set key below horizontal samplen 2\nset clip two\nset samples 181\n"
                            "set style line 1 lc rgb '#334455' pt 7 ps 0.8\n"
                            "set style line 2 lc rgb '#8899aa' lw 1.5\n"
                            "set style line 3 lc rgb '#d9622b' lw 2\n"
                            "set style line 4 lc rgb '#2b7bd9' lw 2.5\n"
                            "set style line 5 lc rgb '#b03060' lw 1.5 dt 2\n"
                            "set style fill transparent solid 0.12 noborder\n";

/* Counterclockwise around the mean, which is inside the hull. */
static int theory_by_angle(const void *left, const void *right) {
    const double *a = *(const double *const *)left;
    const double *b = *(const double *const *)right;
    double angle_a = atan2(a[1], a[0]);
    double angle_b = atan2(b[1], b[0]);
    return (angle_a > angle_b) - (angle_a < angle_b);
}

static void theory_write_points(FILE *script, const struct cloud *cloud) {
    (void)fputs("$points << EOD\n", script);
    for (size_t n = 0; n < cloud->samples; n++) {
        (void)fprintf(script, "%.9g %.9g %.4g\n", cloud->points[n * PLANE],
                      cloud->points[n * PLANE + 1],
                      0.9 * sqrt(cloud->weights[n] * (double)cloud->samples));
    }
    (void)fputs("EOD\n", script);
}

static enum status theory_write_hull(FILE *script, const struct theory_report *report,
                                     struct error *error) {
    const struct hull *hull = &report->geometry->hull;
    SCOPED(arena_free) struct arena arena = {0};
    const double **order;
    TRY(ARENA_NEW(&arena, order, hull->vertex_count, error));
    for (size_t v = 0; v < hull->vertex_count; v++) {
        order[v] = report->geometry->cloud.points + hull->vertices[v] * PLANE;
    }
    qsort(order, hull->vertex_count, sizeof *order, theory_by_angle);
    (void)fputs("$hull << EOD\n", script);
    for (size_t k = 0; k <= hull->vertex_count; k++) {
        const double *point = order[k < hull->vertex_count ? k : 0];
        (void)fprintf(script, "%.9g %.9g\n", point[0], point[1]);
    }
    (void)fputs("EOD\n", script);
    return STATUS_OK;
}

/* y = S^½ (cos, sin). False if S is not positive definite, so that there is no ellipse. */
static bool theory_write_ellipse(FILE *script, const struct cloud *cloud) {
    double values[PLANE];
    double vectors[PLANE * PLANE];
    struct error ignored;
    if (matrix_eigen(PLANE, cloud->condition, values, vectors, &ignored) != STATUS_OK ||
        values[0] <= 0.0) {
        return false;
    }
    for (size_t j = 0; j < PLANE; j++) {
        (void)fprintf(script, "ellipse_%zu(t) = %.9g*cos(t) + %.9g*sin(t)\n", j,
                      sqrt(values[0]) * vectors[j], sqrt(values[1]) * vectors[PLANE + j]);
    }
    return true;
}

static double theory_farthest(const struct cloud *cloud) {
    double largest = 0.0;
    for (size_t k = 0; k < cloud->samples * PLANE; k++) {
        largest = fmax(largest, fabs(cloud->points[k]));
    }
    return largest;
}

/* Arrows from the mean, the longest of a fixed length. */
static void theory_write_neurons(FILE *script, const struct theory_report *report, double reach) {
    const struct neurons *neurons = &report->optima[0].neurons;
    double longest = neurons->count == 0 ? 1.0 : matrix_length(PLANE, neurons->weights_in);
    (void)fputs("$neurons << EOD\n", script);
    for (size_t k = 0; k < neurons->count; k++) {
        double scale = arrow_share * reach / longest;
        (void)fprintf(script, "0 0 %.9g %.9g\n", scale * neurons->weights_in[k * PLANE],
                      scale * neurons->weights_in[k * PLANE + 1]);
    }
    (void)fputs("EOD\n", script);
}

/* The line {x: w·x = −√(wᵀSw)} that a sample must reach if data are to be modular. */
static void theory_write_demand(FILE *script, const struct theory_report *report, double reach) {
    const double *w = report->margin->direction;
    double demand = sqrt(fmax(cloud_demand(&report->geometry->cloud, w), 0.0));
    (void)fputs("$demand << EOD\n", script);
    for (int end = -1; end <= 1; end += 2) {
        (void)fprintf(script, "%.9g %.9g\n", -demand * w[0] - end * 2.0 * reach * w[1],
                      -demand * w[1] + end * 2.0 * reach * w[0]);
    }
    (void)fputs("EOD\n", script);
}

static void theory_write_labels(FILE *script, const struct theory_report *report) {
    const struct margin *margin = report->margin;
    char title[160];
    (void)snprintf(title, sizeof title, "%s: margin %.6g, price %.3g %% at lambda %.4g",
                   margin->modular ? "modular" : "mixed", margin->value,
                   100.0 * report->optima[0].price, report->lambdas[0]);
    (void)fputs("set title ", script);
    gnuplot_text(script, title);
    for (size_t j = 0; j < PLANE; j++) {
        (void)fprintf(script, "\nset %clabel ", j == 0 ? 'x' : 'y');
        gnuplot_text(script, report->names[j]);
    }
    (void)fputc('\n', script);
}

static enum status theory_write_script(FILE *script, const void *data, struct error *error) {
    const struct theory_report *report = data;
    const struct cloud *cloud = &report->geometry->cloud;
    double reach = theory_farthest(cloud);
    (void)fputs(style, script);
    theory_write_labels(script, report);
    theory_write_points(script, cloud);
    TRY(theory_write_hull(script, report, error));
    bool has_ellipse = theory_write_ellipse(script, cloud);
    theory_write_neurons(script, report, reach);
    theory_write_demand(script, report, reach);
    (void)fprintf(script, "set xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\nplot sample ",
                  -reach_shown * reach, reach_shown * reach, -reach_shown * reach,
                  reach_shown * reach);
    if (has_ellipse) {
        (void)fputs("[0:2*pi] '+' using (ellipse_0($1)):(ellipse_1($1)) with filledcurves closed "
                    "fc rgb '#d9622b' notitle, [0:2*pi] '+' using (ellipse_0($1)):(ellipse_1($1)) "
                    "with lines ls 3 title 'ellipse to be contained', ",
                    script);
    }
    (void)fputs("$hull with lines ls 2 title 'hull', ", script);
    if (!report->margin->modular) {
        (void)fputs("$demand with lines ls 5 title 'to be reached', ", script);
    }
    (void)fputs("$points using 1:2:3 with points ls 1 ps variable title 'samples', "
                "$neurons using 1:2:3:4 with vectors ls 4 title 'neurons'\n",
                script);
    return STATUS_OK;
}

enum status theory_plot_check(size_t sources, const char *path, struct error *error) {
    if (sources != PLANE) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--plot draws two sources, not %zu: choose two with --columns", sources);
    }
    return gnuplot_check(path, error);
}

enum status theory_plot(const struct theory_report *report, const char *path, struct error *error) {
    return gnuplot_draw(path, PAGE_SIDE, PAGE_SIDE, theory_write_script, report, error);
}
