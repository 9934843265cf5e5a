#include "parameter/node.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

/* A sweep nests a handful of levels. Aliases could nest without end, or multiply. */
enum { DEPTH_MAX = 32, NODES_MAX = 10 * 1000 * 1000 };

struct conversion {
    yaml_document_t *document;
    struct arena *arena;
    const char *origin;
    bool lines;
    size_t nodes;
};

static enum status node_error_at(const char *origin, int line, int column, struct error *error) {
    if (origin == NULL) {
        return error->status;
    }
    return line == 0 ? error_prefix(error, "%s", origin)
                     : error_prefix(error, "%s:%d:%d", origin, line, column);
}

enum status node_prefix(const struct node *node, struct error *error) {
    return node_error_at(node->origin, node->line, node->column, error);
}

enum status(node_error)(const struct node *node, struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)error_vset(error, STATUS_BAD_INPUT, format, arguments);
    va_end(arguments);
    return node_prefix(node, error);
}

const struct node *node_element(const struct node *node, size_t i) {
    return node->kind == NODE_LIST ? &node->items[i] : node;
}

const char *node_place(const struct node *node, char buffer[static 64]) {
    enum { BUFFER_BYTES = 64 };
    if (node->line == 0) {
        (void)snprintf(buffer, BUFFER_BYTES, "%s", node->origin);
    } else {
        (void)snprintf(buffer, BUFFER_BYTES, "line %d", node->line);
    }
    return buffer;
}

/* NULL for tags that YAML implies: they only repeat the kind. */
static const char *node_own_tag(const yaml_node_t *from) {
    static const char *const implied[] = {YAML_STR_TAG, YAML_SEQ_TAG, YAML_MAP_TAG, "!"};
    const char *tag = (const char *)from->tag;
    for (size_t i = 0; i < sizeof implied / sizeof implied[0]; i++) {
        if (tag == NULL || strcmp(tag, implied[i]) == 0) {
            return NULL;
        }
    }
    return tag;
}

static enum status node_convert(struct conversion *in, int index, int depth, struct node *node,
                                struct error *error);

static enum status node_convert_list(struct conversion *in, const yaml_node_t *from, int depth,
                                     struct node *node, struct error *error) {
    node->kind = NODE_LIST;
    node->count = (size_t)(from->data.sequence.items.top - from->data.sequence.items.start);
    struct node *items = NULL;
    TRY(ARENA_NEW(in->arena, items, node->count, error));
    for (size_t i = 0; i < node->count; i++) {
        TRY(node_convert(in, from->data.sequence.items.start[i], depth + 1, &items[i], error));
    }
    node->items = items;
    return STATUS_OK;
}

static enum status node_convert_map(struct conversion *in, const yaml_node_t *from, int depth,
                                    struct node *node, struct error *error) {
    node->kind = NODE_MAP;
    node->count = (size_t)(from->data.mapping.pairs.top - from->data.mapping.pairs.start);
    struct node *items = NULL;
    TRY(ARENA_NEW(in->arena, items, 2 * node->count, error));
    for (size_t i = 0; i < node->count; i++) {
        const yaml_node_pair_t *pair = &from->data.mapping.pairs.start[i];
        TRY(node_convert(in, pair->key, depth + 1, &items[2 * i], error));
        TRY(node_convert(in, pair->value, depth + 1, &items[2 * i + 1], error));
        if (items[2 * i].kind != NODE_SCALAR || items[2 * i].tag != NULL) {
            return node_error(&items[2 * i], error, "a key must be a plain word");
        }
    }
    node->items = items;
    return STATUS_OK;
}

static enum status node_convert_scalar(struct conversion *in, const yaml_node_t *from,
                                       struct node *node, struct error *error) {
    const char *text = (const char *)from->data.scalar.value;
    node->kind = NODE_SCALAR;
    node->plain = from->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (strlen(text) != from->data.scalar.length) {
        return node_error(node, error, "a text must not contain a zero byte");
    }
    return arena_strdup(in->arena, text, &node->text, error);
}

static enum status node_convert(struct conversion *in, int index, int depth, struct node *node,
                                struct error *error) {
    const yaml_node_t *from = yaml_document_get_node(in->document, index);
    *node = (struct node){
        .line = in->lines ? (int)from->start_mark.line + 1 : 0,
        .column = (int)from->start_mark.column + 1,
        .origin = in->origin,
    };
    if (depth > DEPTH_MAX) {
        return node_error(node, error, "nested more than %d deep", DEPTH_MAX);
    }
    if (++in->nodes > NODES_MAX) {
        return node_error(node, error, "more than %d values, counting aliases", NODES_MAX);
    }
    const char *tag = node_own_tag(from);
    if (tag != NULL) {
        TRY(arena_strdup(in->arena, tag, &node->tag, error));
    }
    switch (from->type) {
    case YAML_SEQUENCE_NODE:
        return node_convert_list(in, from, depth, node, error);
    case YAML_MAPPING_NODE:
        return node_convert_map(in, from, depth, node, error);
    case YAML_SCALAR_NODE:
    case YAML_NO_NODE:
        break;
    }
    return node_convert_scalar(in, from, node, error);
}

/* Of a byte that is not UTF-8, libyaml only gives the offset. */
static void node_place_of_offset(const char *text, size_t offset, int *line, int *column) {
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset && text[i] != '\0'; i++) {
        *column = text[i] == '\n' ? 1 : *column + 1;
        *line += text[i] == '\n';
    }
}

static enum status node_parser_error(const yaml_parser_t *parser, const char *text,
                                     const char *origin, bool lines, struct error *error) {
    int line = (int)parser->problem_mark.line + 1;
    int column = (int)parser->problem_mark.column + 1;
    const char *problem = parser->problem == NULL ? "not YAML" : parser->problem;
    if (parser->error == YAML_MEMORY_ERROR) {
        return error_set(error, STATUS_NO_MEMORY, "%s: out of memory", origin);
    }
    if (parser->error == YAML_READER_ERROR) {
        node_place_of_offset(text, parser->problem_offset, &line, &column);
        (void)error_set(error, STATUS_BAD_INPUT, "not UTF-8 text (%s)", problem);
    } else if (parser->context != NULL) {
        (void)error_set(error, STATUS_BAD_INPUT, "not valid YAML: %s %s", problem, parser->context);
    } else {
        (void)error_set(error, STATUS_BAD_INPUT, "not valid YAML: %s", problem);
    }
    return node_error_at(origin, lines ? line : 0, column, error);
}

/* A second document would be ignored silently. */
static enum status node_expect_end(yaml_parser_t *parser, const char *text, const char *origin,
                                   bool lines, struct error *error) {
    SCOPED(yaml_document_delete) yaml_document_t next = {0};
    if (yaml_parser_load(parser, &next) == 0) {
        return node_parser_error(parser, text, origin, lines, error);
    }
    const yaml_node_t *root = yaml_document_get_root_node(&next);
    if (root == NULL) {
        return STATUS_OK;
    }
    (void)error_set(error, STATUS_BAD_INPUT, "a second YAML document; expected one");
    return node_error_at(origin, lines ? (int)root->start_mark.line + 1 : 0,
                         (int)root->start_mark.column + 1, error);
}

static enum status node_read_document(yaml_parser_t *parser, const char *text, const char *origin,
                                      bool lines, struct arena *arena, struct node *root,
                                      struct error *error) {
    SCOPED(yaml_document_delete) yaml_document_t document = {0};
    if (yaml_parser_load(parser, &document) == 0) {
        return node_parser_error(parser, text, origin, lines, error);
    }
    if (yaml_document_get_root_node(&document) == NULL) {
        return error_set(error, STATUS_BAD_INPUT, "%s: empty; expected YAML", origin);
    }
    struct conversion in = {
        .document = &document, .arena = arena, .origin = origin, .lines = lines};
    return node_convert(&in, 1, 0, root, error);
}

enum status node_read(const char *text, const char *origin, bool lines, struct arena *arena,
                      struct node *root, struct error *error) {
    SCOPED(yaml_parser_delete) yaml_parser_t parser = {0};
    if (yaml_parser_initialize(&parser) == 0) {
        return error_set(error, STATUS_NO_MEMORY, "%s: out of memory", origin);
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, strlen(text));
    TRY(node_read_document(&parser, text, origin, lines, arena, root, error));
    return node_expect_end(&parser, text, origin, lines, error);
}
