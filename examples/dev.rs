use std::io::Write;
fn main() {
    let t = std::time::Instant::now();
    let r = match charley::responses::disk::load(std::path::Path::new("responses")) { Ok(r) => r, Err(p) => { println!("{p}"); std::process::exit(1) } };
    eprintln!("load {:?}", t.elapsed());
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args[0] == "x" { print!("{}", charley::understanding::explain(&r, &args[1])); return; }
    if args[0] == "chatter" {
        let text = std::fs::read_to_string(&args[1]).unwrap(); let mut n=0;
        for l in text.lines() { let row = charley::understanding::row(&r, serde_json::Value::Null, l); if row.relevant { n+=1; println!("{l}"); } }
        println!("{n} of {}", text.lines().count()); return;
    }
    for f in &args {
        let rows = charley::cli::evaluate::parse(&std::fs::read_to_string(f).unwrap()).unwrap();
        let s = charley::cli::evaluate::score(&r, &rows);
        println!("== {f}");
        s.write(&mut std::io::stdout()).unwrap();
        std::io::stdout().flush().unwrap();
    }
}
