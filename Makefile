# modsweep: `make help` lists what there is to do.

.DEFAULT_GOAL := all
comma := ,

VERSION   := 0.1.0
COMMIT    := $(shell git describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)
BUILD     ?= build
PREFIX    ?= /usr/local
DESTDIR   ?=
REFERENCE ?= tests/reference
ifeq ($(origin CC),default)
CC       := gcc
endif
V        ?= 0
MAKEFLAGS += --no-builtin-rules
quiet     = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' '$(1)' '$(2)';)
# Targets that call make again use every core unless -j was given.
SUBMAKE   = $(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

ifneq ($(filter command line,$(origin CFLAGS) $(origin LDFLAGS) $(origin LDLIBS)),)
$(error give EXTRA_CFLAGS and EXTRA_LDFLAGS instead: they are added to the flags that are needed)
endif

# Ranks are the parallelism: a BLAS with threads would start one a core in every rank, if only to let
# them sleep. The path in the program comes before the system's own choice of BLAS.
SERIAL_BLAS := $(firstword $(wildcard /usr/lib/*/openblas-serial))
PKG_CONFIG  := PKG_CONFIG_PATH="$(SERIAL_BLAS)/pkgconfig:$$PKG_CONFIG_PATH" pkg-config

PACKAGES := hdf5-openmpi openblas yaml-0.1 libxxhash json-c ompi-c qhull_r liblbfgs
WARNINGS := -Wall -Wextra -Werror -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wpointer-arith -Wwrite-strings -Wvla -Wundef
OPTIMISE ?= -O2
SANITIZE ?=
# No contraction outside the kernels, so that every compiler gives the same bits.
CFLAGS   := -std=c11 -D_GNU_SOURCE -g $(OPTIMISE) -ffp-contract=off -fno-math-errno $(WARNINGS) \
            $(SANITIZE) -Iinclude \
            $(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)) \
            $(EXTRA_CFLAGS)
LDFLAGS  := $(SANITIZE) $(if $(SERIAL_BLAS),-Wl$(comma)--disable-new-dtags$(comma)-rpath$(comma)$(SERIAL_BLAS)) \
            $(EXTRA_LDFLAGS)
LDLIBS   := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) -lhdf5_openmpi_hl -llapacke -lm
# Taken before rules add flags for single objects.
ALL_FLAGS := $(CC) $(CFLAGS) $(LDFLAGS) $(LDLIBS)

SOURCES  := $(sort $(wildcard src/*/*.c))
MAINS    := src/command/main.c
OBJECTS  := $(SOURCES:src/%.c=$(BUILD)/%.o)
LIBRARY  := $(BUILD)/libmodsweep.a
UNIT_SOURCES := $(sort $(wildcard tests/*/test_*.c))
UNIT_TESTS   := $(UNIT_SOURCES:tests/%.c=$(BUILD)/tests/%)
REFERENCE_TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/*/test_reference_*.c)))
ASAN_TESTS      := $(UNIT_TESTS:$(BUILD)/%=$(BUILD)/asan/%)
# Those that take long come first.
COMMAND_TESTS   := $(sort $(wildcard tests/mpi/test_*.bats)) \
                   $(filter-out tests/mpi/%,$(sort $(wildcard tests/*/test_*.bats)))
ROOM            ?=
ROOM_TESTS      := $(if $(ROOM),$(filter $(BUILD)/tests/$(ROOM)/%,$(UNIT_TESTS)),$(UNIT_TESTS))
ROOM_SCRIPTS    := $(if $(ROOM),$(filter tests/$(ROOM)/%,$(COMMAND_TESTS)))
SLURM_TESTS     := $(sort $(wildcard tests/slurm/test_*.bats))
TORTURE_TESTS   := $(sort $(wildcard tests/torture/*.bats))
TORTURE_SECONDS ?= 3600
BENCH_SOURCES   := $(sort $(wildcard tools/bench*.c))
BENCH_OBJECTS   := $(BENCH_SOURCES:%.c=$(BUILD)/%.o)
TIDIED          := $(OBJECTS:.o=.tidy) $(UNIT_TESTS:=.tidy)
FORMATTED       := $(sort $(wildcard src/*/*.[ch] include/*/*.h tests/*.h tests/*/*.[ch] tools/*.[ch]))

include src/kernel/variants.mk
include src/submit/templates.mk

# Other builds of the same sources, each in a folder of its own. Sanitizers rewrite the code before
# gcc guesses at truncation and overflow, which makes those guesses wrong there.
ASAN     := BUILD=$(BUILD)/asan OPTIMISE='-O1 -fno-omit-frame-pointer' \
            SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all \
                -Wno-format-truncation -Wno-format-overflow -Wno-stringop-overflow \
                -Wno-maybe-uninitialized -Wno-array-bounds'
CLANG    := BUILD=$(BUILD)/clang CC=clang

export MODSWEEP := $(abspath $(BUILD))/modsweep

##@ Build and run

.PHONY: all
all: $(BUILD)/modsweep ## build the program (default)

.PHONY: demo
demo: ## install what is missing, build, and run sweeps/quickstart.yaml on two ranks
	@tools/install-dependencies build
	@$(SUBMAKE) all
	@tools/demo

.PHONY: deps
deps: ## install what is missing to build, test and lint, through apt
	@tools/install-dependencies

.PHONY: install
install: all ## install the program, the sweeps and the job scripts under PREFIX (/usr/local)
	install -D -m 755 $(BUILD)/modsweep $(DESTDIR)$(PREFIX)/bin/modsweep
	install -d $(DESTDIR)$(PREFIX)/share/modsweep/sweeps
	install -m 644 $(wildcard sweeps/*.yaml sweeps/*.csv) $(DESTDIR)$(PREFIX)/share/modsweep/sweeps
	install -d $(DESTDIR)$(PREFIX)/share/modsweep/jobs
	install -m 755 $(JOB_SCRIPTS) $(DESTDIR)$(PREFIX)/share/modsweep/jobs

.PHONY: uninstall
uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/modsweep
	@rm -rf $(DESTDIR)$(PREFIX)/share/modsweep

.PHONY: jobs
jobs: ## assemble the scripts of jobs/ from jobs/parts
	@for script in $(JOB_SCRIPTS:.sh=); do tools/assemble-jobs "$${script#jobs/}" > "$$script.sh" || exit; done

.PHONY: clean
clean: ## remove everything that was built
	@rm -rf $(BUILD)

##@ Test

.PHONY: check
check: ## install what is missing, build, and run every test
	@tools/install-dependencies build test
	@$(SUBMAKE) all unit-tests
	@$(SUBMAKE) $(ASAN) unit-tests
	@tests/run $(COMMAND_TESTS) $(ASAN_TESTS) $(UNIT_TESTS)

.PHONY: test
test: $(ROOM_TESTS) $(if $(ROOM),all) ## run the unit tests, or with ROOM=sweep all tests of that room
	@test -n '$(strip $(ROOM_TESTS)$(ROOM_SCRIPTS))' || { echo 'no tests in tests/$(ROOM)' >&2; exit 1; }
	@tests/run $(ROOM_TESTS) $(ROOM_SCRIPTS)

.PHONY: asan
asan: ## run the unit tests under AddressSanitizer and UBSan
	@$(SUBMAKE) $(ASAN) unit-tests
	@tests/run $(ASAN_TESTS)

.PHONY: check-reference
check-reference: $(REFERENCE_TESTS) ## compare with every case in the files of REFERENCE=DIR
	@test -d '$(REFERENCE)' || { echo 'no folder $(REFERENCE)' >&2; exit 1; }
	@test -n '$(REFERENCE_TESTS)' || { echo 'no tests/*/test_reference_*.c' >&2; exit 1; }
	@REFERENCE='$(abspath $(REFERENCE))' tests/run $(REFERENCE_TESTS)

.PHONY: check-slurm
check-slurm: ## run the tests on a real SLURM of three nodes, started on this machine
	@tools/install-dependencies build test
	@$(SUBMAKE) all
	@tests/run $(SLURM_TESTS)

.PHONY: torture
torture: all ## kill runs at random moments and compare what they resume to
	@test -n '$(TORTURE_TESTS)' || { echo 'no tests/torture/*.bats' >&2; exit 1; }
	@TIME_LIMIT=$(TORTURE_SECONDS) tests/run $(TORTURE_TESTS)

.PHONY: bench
bench: all $(BUILD)/bench $(BUILD)/messages ## measure speed beside the machine's peak
	@$(BUILD)/bench
	@tools/bench-dispatch
	@tools/bench-messages $(BUILD)/messages

.PHONY: lint
lint: ## check format, shell scripts, clang-tidy and clang's warnings
	@tools/install-dependencies build lint
	@clang-format --dry-run -Werror $(FORMATTED)
	@tools/check-scripts
	@tools/check-layers
	@tools/check-rooms
	@tools/check-names
	@$(SUBMAKE) $(CLANG) all unit-tests
	@$(SUBMAKE) tidy

.PHONY: format
format: ## lay out all C sources as .clang-format says
	@clang-format -i $(FORMATTED)

##@ Explain

.PHONY: info
info: ## show compiler, flags and versions of packages
	@echo 'modsweep  $(VERSION) ($(COMMIT))'
	@echo "compiler  $(CC): $$($(CC) --version | head -n 1)"
	@echo 'flags     $(CFLAGS)'
	@echo 'libraries $(LDFLAGS) $(LDLIBS)'
	@echo "MPI       $$(mpirun --version 2>/dev/null | head -n 1)"
	@for package in $(PACKAGES); do \
	    printf '%-9s %s\n' "$$package" "$$($(PKG_CONFIG) --modversion "$$package" 2>&1 | head -n 1)"; \
	done

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile
	@printf '\nV=1 shows commands; BUILD=DIR builds elsewhere; EXTRA_CFLAGS and EXTRA_LDFLAGS are added.\n'

# Rules that the targets above rest on

.PHONY: unit-tests
unit-tests: $(UNIT_TESTS)

.PHONY: tidy
tidy: $(TIDIED)

.PHONY: FORCE
FORCE:

# Rewrites the file $@ only when the text differs, so that what depends on it is rebuilt only then.
keep = @mkdir -p $(@D); printf '%s\n' "$(1)" | cmp -s - $@ || printf '%s\n' "$(1)" > $@

$(BUILD)/flags: FORCE
	@$(PKG_CONFIG) --print-errors --exists $(PACKAGES) || { echo "missing libraries; 'make deps' installs them" >&2; \
	    exit 1; }
	$(call keep,$(ALL_FLAGS))

$(BUILD)/sources: FORCE
	$(call keep,$(OBJECTS) $(VARIANT_OBJECTS))

$(BUILD)/commit: FORCE
	$(call keep,$(VERSION) $(COMMIT))

$(BUILD)/base/version.o: $(BUILD)/commit
$(BUILD)/base/version.o $(BUILD)/base/version.tidy: CFLAGS += \
    -DMODSWEEP_VERSION='"$(VERSION)"' -DMODSWEEP_COMMIT='"$(COMMIT)"'

# What a report carries along, as strings of C, one a line.
$(BUILD)/report/report.%.inc: src/report/report.%
	@mkdir -p $(@D)
	$(call quiet,EMBED,$<)sed 's/[\\"]/\\&/g; s/.*/"&\\n",/' $< > $@

$(BUILD)/report/report.o: $(BUILD)/report/report.css.inc $(BUILD)/report/report.js.inc
$(BUILD)/report/report.o $(BUILD)/report/report.tidy: CFLAGS += -I$(BUILD)

$(BUILD)/modsweep: $(BUILD)/command/main.o $(LIBRARY)
	$(call quiet,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIBRARY): $(filter-out $(MAINS:src/%.c=$(BUILD)/%.o),$(OBJECTS)) $(VARIANT_OBJECTS) $(BUILD)/sources
	$(call quiet,AR,$@)rm -f $@ && ar rcs $@ $(filter %.o,$^)

$(BUILD)/%.o: src/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/%.c $(LIBRARY) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,TEST,$@)$(CC) $(CFLAGS) -Itests -MMD -MP -MT $@ $(LDFLAGS) -o $@ $< $(LIBRARY) \
	    -lcmocka $(LDLIBS)

$(BUILD)/tools/%.o: tools/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/bench: $(BENCH_OBJECTS) $(LIBRARY)
	$(call quiet,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/messages: $(BUILD)/tools/messages.o $(LIBRARY)
	$(call quiet,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# After the object, which is rebuilt when a header changes.
$(BUILD)/%.tidy: src/%.c $(BUILD)/%.o .clang-tidy
	$(call quiet,TIDY,$<)clang-tidy --quiet $< -- $(CFLAGS) 2>/dev/null && touch $@

$(BUILD)/tests/%.tidy: tests/%.c $(BUILD)/tests/% .clang-tidy
	$(call quiet,TIDY,$<)clang-tidy --quiet $< -- $(CFLAGS) -Itests 2>/dev/null && touch $@

-include $(OBJECTS:.o=.d) $(VARIANT_OBJECTS:.o=.d) $(BENCH_OBJECTS:.o=.d) $(BUILD)/tools/messages.d $(UNIT_TESTS:=.d)
