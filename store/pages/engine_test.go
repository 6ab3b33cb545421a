package pages_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 12) }
