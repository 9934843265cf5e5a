# The scripts of jobs/ become strings, so that `modsweep submit` has them wherever it is installed.

JOB_SCRIPTS := $(sort $(wildcard jobs/*.sh))
JOB_STRINGS := $(BUILD)/submit/jobs.inc

$(JOB_STRINGS): $(JOB_SCRIPTS) src/submit/templates.mk
	@mkdir -p $(@D)
	@for script in $(JOB_SCRIPTS); do \
	    printf '{"%s",\n' "$$(basename "$$script" .sh)"; \
	    sed -e 's/[\\"]/\\&/g' -e 's/.*/    "&\\n"/' "$$script"; \
	    printf '},\n'; \
	done > $@

$(BUILD)/submit/templates.o: $(JOB_STRINGS)
$(BUILD)/submit/templates.o $(BUILD)/submit/templates.tidy: CFLAGS += -I$(BUILD)/submit
