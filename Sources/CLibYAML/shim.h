// The YAML 1.1 parser; its events carry line and column, which our diagnostics need.
#pragma once
#include <yaml.h>
