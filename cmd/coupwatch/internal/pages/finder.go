package pages

import (
	"context"
	"errors"
	"net/url"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/finding"
	"github.com/coupwatch/coupwatch/web/api"
	"github.com/coupwatch/coupwatch/web/find"
)

// A finder is the archive as programs search it; see [api.Finder].
type finder struct{ *finding.Archive }

// Search implements [api.Finder].
func (f finder) Search(ctx context.Context, query url.Values) (any, error) {
	ask, err := find.ParseAsk(query)
	if err != nil {
		return nil, api.Refusal(err.Error())
	}
	found, err := f.Archive.Search(ctx, ask)
	var mistakes find.Mistakes
	if errors.As(err, &mistakes) {
		return nil, api.Refusal(mistakes.Error())
	}
	return found, err
}
