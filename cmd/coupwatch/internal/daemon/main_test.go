package daemon_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }
