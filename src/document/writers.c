#include "document/writers.h"

enum status document_write(const struct document *document, enum document_form form, FILE *stream,
                           struct error *error) {
    static enum status (*const writers[])(const struct document *document, FILE *stream,
                                          struct error *error) = {
        [DOCUMENT_TEXT_FORM] = text_writer_write,
        [DOCUMENT_CSV_FORM] = csv_writer_write,
        [DOCUMENT_JSON_FORM] = json_writer_write,
        [DOCUMENT_HTML_FORM] = html_writer_write,
    };
    TRY(writers[form](document, stream, error));
    return ferror(stream) == 0 ? STATUS_OK
                               : error_set(error, STATUS_STORAGE, "cannot write the answer");
}

enum status document_print(const struct document *document, bool json, struct error *error) {
    return document_write(document, json ? DOCUMENT_JSON_FORM : DOCUMENT_TEXT_FORM, stdout, error);
}
