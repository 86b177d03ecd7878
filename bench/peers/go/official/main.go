// Command official is the official runtime core, darabonba-openapi, under measure. It is given the parameters that the
// generated client of ID Verification, API version 2022-08-09, gives it for CheckResult, and its reply goes into the structs
// that client has. What the generated client leaves as text is decoded as a Go programmer would, by encoding/json.
package main

import (
	"encoding/json"
	"net/url"
	"os"

	"github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"

	"github.com/libcloudauth/libcloudauth/bench/peers/go/measure"
)

type checkResultResponse struct {
	Headers    map[string]*string       `json:"headers,omitempty" xml:"headers,omitempty"`
	StatusCode *int32                   `json:"statusCode,omitempty" xml:"statusCode,omitempty"`
	Body       *checkResultResponseBody `json:"body,omitempty" xml:"body,omitempty"`
}

type checkResultResponseBody struct {
	Code      *string `json:"Code,omitempty" xml:"Code,omitempty"`
	Message   *string `json:"Message,omitempty" xml:"Message,omitempty"`
	RequestID *string `json:"RequestId,omitempty" xml:"RequestId,omitempty"`
	Result    *struct {
		EkycResult    *string `json:"EkycResult,omitempty" xml:"EkycResult,omitempty"`
		ExtBasicInfo  *string `json:"ExtBasicInfo,omitempty" xml:"ExtBasicInfo,omitempty"`
		ExtFaceInfo   *string `json:"ExtFaceInfo,omitempty" xml:"ExtFaceInfo,omitempty"`
		ExtIDInfo     *string `json:"ExtIdInfo,omitempty" xml:"ExtIdInfo,omitempty"`
		ExtInfo       *string `json:"ExtInfo,omitempty" xml:"ExtInfo,omitempty"`
		ExtRiskInfo   *string `json:"ExtRiskInfo,omitempty" xml:"ExtRiskInfo,omitempty"`
		ExtSourceInfo *string `json:"ExtSourceInfo,omitempty" xml:"ExtSourceInfo,omitempty"`
		Passed        *string `json:"Passed,omitempty" xml:"Passed,omitempty"`
		SubCode       *string `json:"SubCode,omitempty" xml:"SubCode,omitempty"`
	} `json:"Result,omitempty" xml:"Result,omitempty" type:"Struct"`
}

type face struct {
	Passed          string  `json:"facePassed"`
	ComparisonScore float64 `json:"faceComparisonScore"`
	Attack          string  `json:"faceAttack"`
	Age             string  `json:"faceAge"`
	Gender          string  `json:"faceGender"`
	AttackScore     float64 `json:"faceAttackScore"`
	GuardRiskScore  float64 `json:"guardRiskScore"`
	Image           []byte  `json:"faceImg"`
}

type document struct {
	Passed string `json:"ocrIdPassed"`
	Pages  map[string]struct {
		Passed string `json:"ocrIdPassed"`
		Fields string `json:"ocrIdInfo"`
		Spoof  string `json:"spoofInfo"`
		Image  []byte `json:"idImage"`
	} `json:"ocrIdInfoData"`
}

type spoof struct {
	Result string   `json:"spoofResult"`
	Types  []string `json:"spoofType"`
}

func main() {
	measure.Main(open)
}

func open(options measure.Options) (measure.Check, error) {
	endpoint, err := url.Parse(options.Endpoint)
	if err != nil {
		return nil, err
	}
	config := &client.Config{
		AccessKeyId:     dara.String("bench-key-id"),
		AccessKeySecret: dara.String("bench-key-secret"),
		Endpoint:        dara.String(endpoint.Host),
		Protocol:        dara.String(endpoint.Scheme),
	}
	if options.CAFile != "" {
		authority, err := os.ReadFile(options.CAFile)
		if err != nil {
			return nil, err
		}
		config.Ca = dara.String(string(authority))
	}
	official, err := client.NewClient(config)
	if err != nil {
		return nil, err
	}
	image := "N"
	if options.Images {
		image = "Y"
	}
	return func() (measure.Outcome, error) {
		query := map[string]interface{}{
			"IsReturnImage": dara.String(image),
			"MerchantBizId": dara.String("bench"),
			"TransactionId": dara.String(options.Transaction),
		}
		request := &client.OpenApiRequest{Query: utils.Query(query)}
		params := &client.Params{
			Action:      dara.String("CheckResult"),
			Version:     dara.String("2022-08-09"),
			Protocol:    dara.String("HTTPS"),
			Pathname:    dara.String("/"),
			Method:      dara.String("POST"),
			AuthType:    dara.String("AK"),
			Style:       dara.String("RPC"),
			ReqBodyType: dara.String("formData"),
			BodyType:    dara.String("json"),
		}
		body, err := official.CallApi(params, request, &dara.RuntimeOptions{})
		if err != nil {
			return measure.Outcome{}, err
		}
		response := &checkResultResponse{}
		if err := dara.Convert(body, response); err != nil {
			return measure.Outcome{}, err
		}
		return decode(response)
	}, nil
}

func decode(response *checkResultResponse) (measure.Outcome, error) {
	result := response.Body.Result
	outcome := measure.Outcome{Passed: *result.Passed == "Y"}
	var face face
	if err := json.Unmarshal([]byte(*result.ExtFaceInfo), &face); err != nil {
		return outcome, err
	}
	outcome.ComparisonScore = face.ComparisonScore
	var document document
	if err := json.Unmarshal([]byte(*result.ExtIDInfo), &document); err != nil {
		return outcome, err
	}
	page := document.Pages["01"]
	var fields map[string]string
	if err := json.Unmarshal([]byte(page.Fields), &fields); err != nil {
		return outcome, err
	}
	outcome.Surname = fields["surname"]
	var spoof spoof
	if err := json.Unmarshal([]byte(page.Spoof), &spoof); err != nil {
		return outcome, err
	}
	for _, image := range [][]byte{face.Image, page.Image} {
		if image != nil {
			outcome.Images = append(outcome.Images, image)
		}
	}
	return outcome, nil
}
