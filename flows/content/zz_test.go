package content
import ("testing";"fmt";"javab/bot";"javab/flows";"javab/locales/text";"strings";"time";"os";"maps";"slices";"encoding/json")
type scene struct{ Flow,Lang string; Notes []string; Acts []string }
func TestGen(t *testing.T){
 b:=embedded(t)
 src,err:=os.ReadFile("/tmp/gen/scenes.json"); if err!=nil{t.Skip()}
 var all []scene
 if err:=json.Unmarshal(src,&all);err!=nil{t.Fatal(err)}
 at:=bot.Value{At:1795417200000}
 res:=map[string]bot.Result{
 "case.open_count":{Outcome:"none"},"member.load":{Outcome:"unknown"},"queue.place":{Outcome:"not_waiting"},
 "hours.now":{Outcome:"open",Vars:map[string]bot.Value{"closing":at}},
 "case.list":{Outcome:"none"},"case.show":{Outcome:"unknown"},
 "case.open":{Outcome:"ok",Vars:map[string]bot.Value{"case.number":{Text:"JV-1405-000001-2"},"case.due":at,"case.notice":at,"case.first_answer":at}},
 }
 for _,s:=range all{
  lang:=bot.Lang(s.Lang)
  m:=&tapper{t:t,p:b.Program,lang:lang}
  out:=strings.Builder{}
  for _,n:=range s.Notes{ out.WriteString("# "+n+"\n") }
  out.WriteString("language "+s.Lang+"\n")
  drafts:=0
  turn:=func(in flows.Input){
   var prog,said []string
   var last []flows.Say
   var run func(in flows.Input)
   run=func(in flows.Input){
    m.turns++; in.Lang,in.Now=m.lang,time.Unix(1795417200,0); in.Token="t"+number(m.turns); drafts++; in.Draft=bot.DraftID("d"+number(drafts)); in.First=m.turns==1
    st,eff:=b.Program.Step(m.state,in); m.state=st
    for _,e:=range eff{ switch v:=e.(type){
     case flows.Language: m.lang=v.Lang
     case flows.Say:
      last=append(last,v); w:=""
      fmt.Fprintf(&out,"%s","")
      w="bot "+v.Flow+"/"+v.Step+"\n"
      for _,line:=range strings.Split(text.Unmark(v.Message.Plain()),"\n"){ w+=strings.TrimRight("  "+line," ")+"\n" }
      for _,c:=range v.Message.Choices{ w+="  ["+text.Unmark(c.Label)+"]\n" }
      if v.Message.AskContact!=""{ w+="  ["+v.Message.AskContact+"]\n" }
      said=append(said,w)
     case flows.Do:
      r,ok:=res[v.Action]; if !ok {r=bot.Result{Outcome:"ok"}}
      words:=[]string{v.Action}
      for _,k:=range slices.Sorted(maps.Keys(v.With)){ if x:=v.With[k]; x!=""&&!strings.ContainsAny(x," \n")&&len(x)<40 {words=append(words,k+"="+text.Unmark(x))}}
      prog=append(prog,"program "+strings.Join(words," ")+": "+r.Outcome+"\n")
      run(flows.Input{Result:&r})
     case flows.HandOver: prog=append(prog,strings.TrimSpace(fmt.Sprintf("queue %s: %s %s",v.Unit,v.Reason,v.Topic))+"\n")
    }}}
   run(in)
   for _,p:=range prog{ out.WriteString("\n"+p) }
   for _,p:=range said{ out.WriteString("\n"+p) }
   if len(last)>0 {m.said=last}
  }
  for _,a:=range s.Acts{
   verb,obj,_:=strings.Cut(a," ")
   switch verb{
   case "say": out.WriteString("\nmember\n  "+strings.ReplaceAll(obj,"\n","\n  ")+"\n"); turn(flows.Input{Kind:bot.KindText,Text:obj})
   case "send": out.WriteString("\nmember sends "+obj+"\n"); turn(flows.Input{Kind:bot.KindFile,Files:[]bot.File{{ID:"f"+number(m.turns),Name:obj,Kind:"photo"}}})
   case "tap":
    done:=false
    for _,msg:=range m.said{ for _,c:=range msg.Message.Choices{ if ch,ok:=flows.ParsePress(c.Data);ok&&ch.ID==obj&&!done{ done=true; out.WriteString("\nmember taps "+text.Unmark(c.Label)+"\n"); turn(flows.Input{Kind:bot.KindPress,Choice:ch})}}}
    if !done{ t.Fatalf("%s.%s: no %q; %s",s.Flow,s.Lang,obj,out.String()) }
   }
  }
  os.WriteFile("../scripts/"+s.Flow+"."+s.Lang+".chat",[]byte(out.String()),0o644)
 }
}
