# src/kernel/lanes.c and wide.c are compiled once for every instruction set; kernel.c chooses at run
# time. The plain compilations in SOURCES are the portable variants.

VARIANT_FLAGS  := -O3 -fno-trapping-math -Wno-psabi
AVX2_FLAGS     := -march=x86-64-v3
AVX512_FLAGS   := -march=x86-64-v4 -mprefer-vector-width=512
LANES_VARIANTS :=
WIDE_VARIANTS  :=

ifneq ($(filter x86_64 amd64,$(shell uname -m)),)
LANES_VARIANTS := $(BUILD)/kernel/lanes_avx2.o $(BUILD)/kernel/lanes_avx512.o
WIDE_VARIANTS  := $(BUILD)/kernel/wide_avx2.o $(BUILD)/kernel/wide_avx512.o
endif
VARIANT_OBJECTS := $(LANES_VARIANTS) $(WIDE_VARIANTS)

$(BUILD)/kernel/lanes.o:        CFLAGS += $(VARIANT_FLAGS) -DLANES_VARIANT=portable
$(BUILD)/kernel/lanes_avx2.o:   CFLAGS += $(VARIANT_FLAGS) -DLANES_VARIANT=avx2 $(AVX2_FLAGS)
$(BUILD)/kernel/lanes_avx512.o: CFLAGS += $(VARIANT_FLAGS) -DLANES_VARIANT=avx512 $(AVX512_FLAGS)
$(BUILD)/kernel/wide.o:         CFLAGS += $(VARIANT_FLAGS) -DWIDE_VARIANT=portable
$(BUILD)/kernel/wide_avx2.o:    CFLAGS += $(VARIANT_FLAGS) -DWIDE_VARIANT=avx2 $(AVX2_FLAGS)
$(BUILD)/kernel/wide_avx512.o:  CFLAGS += $(VARIANT_FLAGS) -DWIDE_VARIANT=avx512 $(AVX512_FLAGS)

$(LANES_VARIANTS): src/kernel/lanes.c
$(WIDE_VARIANTS): src/kernel/wide.c
$(VARIANT_OBJECTS): src/kernel/variants.mk $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$@)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $(filter %.c,$^)
