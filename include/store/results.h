/**
 * @file
 * The results file: one HDF5 file for a sweep, readable as netCDF-4, one row a job. Its life: one
 * rank creates it (create.h) or matches it with the sweep (match.h), reads which rows are there
 * (states.h), takes a number for itself (incarnation.h) and copies what older files have (reuse.h);
 * all ranks open it and write (rows.h).
 */
#pragma once

#include "store/checkpoint.h"
#include "store/create.h"
#include "store/layout.h"
#include "store/lock.h"
#include "store/match.h"
#include "store/reuse.h"
#include "store/rows.h"
#include "store/run_epoch.h"
#include "store/states.h"
