package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/coupwatch/coupwatch/watcher/internal/say"
)

// encodings are what a server may compress its answers by.
const encodings = "gzip, br, zstd"

// maxWindow is how far back a zstd answer may refer: what the web is allowed
// (RFC 9659).
const maxWindow = 8 << 20

// errDamaged is that an answer is not compressed as it says.
var errDamaged = errors.New("the answer is not compressed as it says")

// unpacking holds one for each answer that is decompressed by br or zstd, which
// takes up to 16 MB beside what comes of it.
var unpacking = make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))

// body returns the decompressed body of an answer, at most limit bytes. What
// came before an error comes with it.
func body(ctx context.Context, resp *http.Response, share *loan, limit int64) ([]byte, error) {
	var data []byte
	var err error
	switch enc := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); enc {
	case "", "identity", "aws-chunked":
		data, err = share.readAll(ctx, resp.Body, resp.ContentLength, limit)
	case "gzip", "x-gzip":
		return gunzip(ctx, resp.Body, share, limit)
	case "br", "zstd":
		// What is slow is the network, and so it is not waited for within a turn.
		packed, broken := share.readAll(ctx, resp.Body, -1, limit)
		if len(packed) == 0 || broken != nil && ctx.Err() != nil {
			return nil, broken
		}
		data, err = unpack(ctx, enc, packed, share, limit)
		if broken != nil && !errors.Is(err, errDamaged) {
			err = broken
		}
		return data, err
	default:
		return nil, &Trouble{Text: fmt.Sprintf("the answer is compressed in a way that was not asked for (%s)", say.Excerpt(enc, 40))}
	}
	if err == nil && bytes.HasPrefix(data, []byte{0x1f, 0x8b, 8}) { // compressed, but not said so
		return gunzip(ctx, bytes.NewReader(data), share, limit)
	}
	return data, err
}

// A gunzipper takes 40 kB, and nearly every answer needs one.
var gunzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// gunzip decompresses what r has while it comes.
func gunzip(ctx context.Context, r io.Reader, share *loan, limit int64) ([]byte, error) {
	z := gunzippers.Get().(*gzip.Reader)
	defer gunzippers.Put(z)
	if err := z.Reset(r); err != nil {
		return nil, err
	}
	return share.readAll(ctx, z, -1, limit)
}

// unpack decompresses br or zstd. Nobody waits for the budget while it is his turn:
// who has the budget may be waiting for a turn.
func unpack(ctx context.Context, enc string, packed []byte, share *loan, limit int64) (data []byte, err error) {
	err = inTurn(enc, packed, func(r io.Reader) error {
		data, err = io.ReadAll(io.LimitReader(r, freeBytes+1))
		return err
	})
	if len(data) <= freeBytes {
		return data, err
	}
	if err := share.take(ctx, limit); err != nil {
		return nil, err
	}
	err = inTurn(enc, packed, func(r io.Reader) error {
		data, err = share.readAll(ctx, r, -1, limit)
		return err
	})
	return data, err
}

// inTurn reads what is decompressed of packed when its turn has come. The error is
// [errDamaged] unless it is one of ours or that packed was cut off.
func inTurn(enc string, packed []byte, read func(io.Reader) error) error {
	unpacking <- struct{}{}
	defer func() { <-unpacking }()
	var r io.Reader = brotli.NewReader(bytes.NewReader(packed))
	if enc == "zstd" {
		z, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return errDamaged
		}
		defer z.Close()
		r = z
	}
	err := read(r)
	if trouble := (*Trouble)(nil); err == nil || errors.As(err, &trouble) || errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return errDamaged
}
