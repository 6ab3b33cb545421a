package coverage_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 6) }
