#include "command/help.h"

#include "command/options.h"
#include "document/wrap.h"

#include <stdio.h>

enum { MARGIN = 2, OPTION_COLUMNS = 22, COMMAND_COLUMNS = 10, WORDING_BYTES = 256 };

/* What an option takes; "" where the name of its argument says it all. */
static const char *help_kind(const struct parameter *parameter, char *buffer, size_t size) {
    static const char *const kinds[] = {
        [PARAMETER_TEXT] = "",         [PARAMETER_FILE] = "", [PARAMETER_INTEGERS] = "integers",
        [PARAMETER_REALS] = "numbers", [PARAMETER_FLAG] = "", [PARAMETER_TEXTS] = "",
    };
    const char *kind = kinds[parameter->type];
    return kind == NULL ? parameter_expects(parameter, buffer, size) : kind;
}

/* "a number, 0 or more, in s", "line, scatter or heat". */
static const char *help_type(const struct parameter *parameter, char *buffer, size_t size) {
    char kind[WORDING_BYTES];
    char range[WORDING_BYTES];
    const char *limits = parameter_range(parameter, range, sizeof range);
    const char *unit = parameter_unit(parameter);
    (void)snprintf(buffer, size, "%s%s%s%s%s", help_kind(parameter, kind, sizeof kind),
                   limits[0] == '\0' ? "" : ", ", limits, unit[0] == '\0' ? "" : ", in ", unit);
    return buffer;
}

static void help_print_option(const struct option *option) {
    const struct parameter parameter = option_parameter(option);
    const char *fallback = parameter.fallback;
    bool set = fallback != NULL && fallback[0] != '\0';
    const char *otherwise = set ? fallback : option->otherwise != NULL ? option->otherwise : "";
    char buffer[WORDING_BYTES];
    const char *type = help_type(&parameter, buffer, sizeof buffer);
    char left[WORDING_BYTES];
    char right[4 * WORDING_BYTES];
    char letter[] = "-x, ";
    letter[1] = option->letter;
    (void)snprintf(left, sizeof left, "%s--%s%s%s", option->letter == 0 ? "    " : letter,
                   parameter.name, option->argument == NULL ? "" : " ",
                   option->argument == NULL ? "" : option->argument);
    bool noted = type[0] != '\0' || otherwise[0] != '\0';
    (void)snprintf(right, sizeof right, "%s%s%s%s%s%s%s%s", parameter.help,
                   (parameter.flags & PARAMETER_REPEATED) != 0 ? "; may be repeated" : "",
                   noted ? " (" : "", type, type[0] != '\0' && otherwise[0] != '\0' ? "; " : "",
                   otherwise[0] == '\0' ? "" : "default: ", otherwise, noted ? ")" : "");
    int column = printf("%*s%-*s%*s", MARGIN, "", OPTION_COLUMNS, left, MARGIN, "");
    wrap_print(stdout, column > 0 ? (size_t)column : 0, MARGIN + OPTION_COLUMNS + MARGIN, right);
}

void help_print_program(void) {
    puts("modsweep: trains grids of small networks and scores how modular each became\n\n"
         "usage: modsweep COMMAND [arguments]\n\ncommands:");
    for (const struct command *const *command = commands; *command != NULL; command++) {
        printf("%*s%-*s%*s%s\n", MARGIN, "", COMMAND_COLUMNS, (*command)->name, MARGIN, "",
               (*command)->help);
    }
    puts("\n'modsweep COMMAND --help' explains a command.\n"
         "'modsweep --version' prints version and commit.\n\n"
         "exit status: 0 all done; 1 some jobs failed; 2 bad input; 3 storage;\n"
         "             71 no memory or no MPI; 75 stopped early, the same command resumes");
}

void help_print_command(const struct command *command) {
    static const struct option help = {
        .parameter = {.name = "help", .type = PARAMETER_FLAG, .help = "show this help"},
        .letter = 'h'};
    printf("usage: modsweep %s%s%s [options]\n\n%s\n\noptions:\n", command->name,
           command->synopsis[0] == '\0' ? "" : " ", command->synopsis, command->help);
    for (size_t i = 0; i < command->option_count; i++) {
        help_print_option(&command->options[i]);
    }
    help_print_option(&help);
    if (command->details[0] != '\0') {
        printf("\n%s", command->details);
    }
}
