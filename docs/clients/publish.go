// Publishes pictures of one person and prints what comes of each. Go 1.18 or newer, without modules.
//
//	PAFFMEM_TOKEN=... go run publish.go PERSON PICTURE...
//
// PAFFMEM_GATEWAY and PAFFMEM_DASHBOARD say where they are, if not here. PAFFMEM_PICTURE=face if the faces are cut out.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

type event struct {
	Stream   string
	Sequence int64
	Arousal  float64
	Valence  float64
	Source   string
}

type refusal struct{ Code, Message string }

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func send(method, address string, body []byte) *http.Response {
	request, err := http.NewRequest(method, address, bytes.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("PAFFMEM_TOKEN"))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	return answer
}

func main() {
	person := url.PathEscape(os.Args[1])
	// Frames of a stream count up from 0, so each run has a stream of its own.
	stream := fmt.Sprintf("example-%d", time.Now().UnixNano())
	// Events begin with the present, so ask for them before anything is published.
	events := send("GET", setting("PAFFMEM_DASHBOARD", "http://localhost:8090")+
		"/v1/emotions?person="+url.QueryEscape(os.Args[1]), nil)
	defer events.Body.Close()
	if events.StatusCode != http.StatusOK {
		log.Fatalf("the dashboard answers %s", events.Status)
	}
	expected := 0
	for sequence, file := range os.Args[2:] {
		picture, err := os.ReadFile(file)
		if err != nil {
			log.Fatal(err)
		}
		answer := send("POST", fmt.Sprintf("%s/v1/people/%s/frames?stream=%s&sequence=%d&picture=%s",
			setting("PAFFMEM_GATEWAY", "http://localhost:8080"), person, stream, sequence,
			setting("PAFFMEM_PICTURE", "whole")), picture)
		if answer.StatusCode == http.StatusOK {
			expected++ // It is on the topic: an event will come.
		} else {
			var said refusal
			_ = json.NewDecoder(answer.Body).Decode(&said)
			log.Printf("%s: %s, %s", file, said.Code, said.Message)
		}
		answer.Body.Close()
	}
	lines := bufio.NewScanner(events.Body)
	for expected > 0 && lines.Scan() {
		data := strings.TrimPrefix(lines.Text(), "data: ")
		var one event
		if json.Unmarshal([]byte(data), &one) == nil && one.Stream == stream {
			fmt.Printf("%d %.2f %.2f %s\n", one.Sequence, one.Arousal, one.Valence, one.Source)
			expected--
		}
	}
}
