package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func loaded(t *testing.T) *Set {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(t *testing.T, s *Set, url string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, request)
	return answer
}

func TestEveryFileIsServedUnderTheHashOfItsContentForEver(t *testing.T) {
	s := loaded(t)
	for name, url := range s.urls {
		answer := get(t, s, url)
		sum := sha256.Sum256(answer.Body.Bytes())
		if answer.Code != 200 || !strings.Contains(url, hex.EncodeToString(sum[:6])) {
			t.Errorf("%s: answered %d under a name that is not its hash", name, answer.Code)
		}
		if got := answer.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
		if got := answer.Header().Get("Content-Type"); got != types[path.Ext(name)] {
			t.Errorf("%s: Content-Type %q", name, got)
		}
	}
}

func TestTextIsSentPackedToThoseWhoUnpack(t *testing.T) {
	s := loaded(t)
	url := s.URL("css/tokens.css")
	packed, plain := get(t, s, url, "Accept-Encoding", "br, gzip"), get(t, s, url)
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= plain.Body.Len() {
		t.Fatalf("packed %d bytes of %d", packed.Body.Len(), plain.Body.Len())
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(r); err != nil || !bytes.Equal(body, plain.Body.Bytes()) {
		t.Errorf("unpacked to something else: %v", err)
	}
	font := get(t, s, s.URL("fonts/vazirmatn.woff2"), "Accept-Encoding", "gzip")
	if font.Header().Get("Content-Encoding") != "" || font.Body.Len() < 100_000 {
		t.Errorf("the font: %d bytes, packed twice", font.Body.Len())
	}
}

func TestWhatABrowserHasIsNotSentAgain(t *testing.T) {
	s := loaded(t)
	url := s.URL("css/base.css")
	again := get(t, s, url, "If-None-Match", `W/"x", `+get(t, s, url).Header().Get("ETag"))
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("answered %d with %d bytes", again.Code, again.Body.Len())
	}
}

func TestOnlyHashedNamesAreServed(t *testing.T) {
	s := loaded(t)
	for _, url := range []string{
		Prefix, Prefix + "css/base.css", Prefix + "assets.go", Prefix + "css/base.000000000000.css", Prefix + "../assets.go", s.URL("css/nothing.css"),
	} {
		if answer := get(t, s, url); answer.Code != 404 {
			t.Errorf("%s: answered %d", url, answer.Code)
		}
	}
}

func TestAStyleSheetNamesItsFontByHash(t *testing.T) {
	s := loaded(t)
	if sheet := get(t, s, s.URL("css/tokens.css")).Body.String(); !strings.Contains(sheet, `url("`+s.URL("fonts/vazirmatn.woff2")+`")`) {
		t.Error("the font is not linked by its hashed name")
	}
	_, err := load(fstest.MapFS{"css/a.css": {Data: []byte(`a { background: url("../fonts/none.woff2") }`)}})
	if err == nil || !strings.Contains(err.Error(), "fonts/none.woff2") {
		t.Errorf("a link to nothing: %v", err)
	}
	if _, err := load(fstest.MapFS{"css/a.exe": {}}); err == nil {
		t.Error("a file of unknown kind was taken")
	}
}

var imported = regexp.MustCompile(`from "(\.[^"]+)"`)

func TestEveryModuleThatAModuleImportsIsInTheImportMap(t *testing.T) {
	s := loaded(t)
	var parsed struct{ Imports map[string]string }
	if err := json.Unmarshal([]byte(s.ImportMap()), &parsed); err != nil {
		t.Fatal(err)
	}
	for name, url := range s.urls {
		if path.Ext(name) != ".js" {
			continue
		}
		for _, found := range imported.FindAllStringSubmatch(get(t, s, url).Body.String(), -1) {
			to := Prefix + path.Join(path.Dir(name), found[1])
			if _, known := parsed.Imports[to]; !known {
				t.Errorf("%s imports %s, which is not there", name, to)
			}
		}
	}
}

func TestAFontComesWithItsLicence(t *testing.T) {
	s := loaded(t)
	licence := get(t, s, s.URL("fonts/vazirmatn-OFL.txt")).Body.String()
	if !strings.Contains(licence, "SIL OPEN FONT LICENSE Version 1.1") || !strings.Contains(licence, "Vazirmatn") {
		t.Error("no licence beside the font")
	}
}

func TestScriptsOfOthersAreTheOnesThatAreNamedAndComeWithTheirLicences(t *testing.T) {
	s := loaded(t)
	versions := get(t, s, s.URL("js/vendor/VERSIONS.txt")).Body.String()
	found := 0
	for name, url := range s.urls {
		file, theirs := strings.CutPrefix(name, "js/vendor/")
		if !theirs || path.Ext(file) != ".js" {
			continue
		}
		found++
		sum := sha256.Sum256(get(t, s, url).Body.Bytes())
		if !strings.Contains(versions, hex.EncodeToString(sum[:])) || !strings.Contains(versions, "\n"+file+" ") {
			t.Errorf("%s is not the file that VERSIONS.txt names", file)
		}
		if _, licensed := s.urls["js/vendor/"+strings.TrimSuffix(file, ".js")+"-LICENSE.txt"]; !licensed {
			t.Errorf("%s has no licence beside it", file)
		}
	}
	if found != 3 {
		t.Errorf("%d scripts of others", found)
	}
}
