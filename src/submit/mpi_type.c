#include "submit/mpi_type.h"

#include "base/program.h"

#include <stdbool.h>
#include <string.h>

/* Whether a text has a word, set apart by anything but letters, digits and '_'. */
static bool mpi_type_in(const char *text, const char *word) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    size_t length = strlen(word);
    for (text += strcspn(text, letters); text[0] != '\0'; text += strcspn(text, letters)) {
        size_t here = strspn(text, letters);
        if (here == length && strncmp(text, word, length) == 0) {
            return true;
        }
        text += here;
    }
    return false;
}

static bool mpi_type_listed(const struct program_outcome *srun, const char *type) {
    return mpi_type_in(srun->output, type) || mpi_type_in(srun->messages, type);
}

enum status mpi_type_choose(const char *wanted, struct arena *arena, const char **type,
                            struct error *error) {
    const char *const arguments[] = {"srun", "--mpi=list", NULL};
    struct program_outcome srun;
    *type = wanted;
    if (wanted != NULL && strcmp(wanted, "mpirun") == 0) {
        return STATUS_OK;
    }
    TRY(program_run(arguments, "", arena, &srun, error));
    const bool known = !srun.absent && srun.status == 0;
    if (wanted == NULL) {
        *type = mpi_type_listed(&srun, "pmix")   ? "pmix"
                : mpi_type_listed(&srun, "pmi2") ? "pmi2"
                : known                          ? "mpirun"
                                                 : "pmix";
        return STATUS_OK;
    }
    return !known || mpi_type_listed(&srun, wanted)
               ? STATUS_OK
               : error_set(error, STATUS_BAD_INPUT,
                           "--mpi %s: srun has no such type; 'srun --mpi=list' lists its types, "
                           "and mpirun needs none",
                           wanted);
}
