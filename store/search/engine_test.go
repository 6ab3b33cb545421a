package search_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 5) }
