package opinions_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 4) }

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
